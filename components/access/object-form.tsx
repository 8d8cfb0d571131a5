"use client";
import type { KubeObject } from "@/lib/kube/objects";
import type { SmiObject } from "@/lib/smi/hub";

import { writeSmi } from "@/lib/smi/write";
import type { FieldMessage } from "./field-errors";
import { readForForm } from "./read-for-form";
import { RouteGroupForm } from "./route-group-form";
import { TargetForm } from "./target-form";
import type { PolicyChoices } from "./use-policy-choices";

interface ObjectFormProps {
  object: KubeObject;
  isNew: boolean;
  choices: PolicyChoices;
  messages: readonly FieldMessage[];
  onChange: (object: KubeObject) => void;
}

/** The form of an object's kind; what it cannot show is edited as YAML. */
export function ObjectForm({ object, isNew, choices, messages, onChange }: ObjectFormProps) {
  const reading = readForForm(object);
  if (!reading.ok) {
    return (
      <div className="text-sm">
        <p>This object cannot be shown as a form. Mend it as YAML:</p>
        <ul className="mt-2 flex flex-col gap-1">
          {reading.fields.map((field) => (
            <li key={field.field}>
              <code className="font-mono text-xs">{field.field}</code> {field.message}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const write = (hub: SmiObject) => onChange(writeSmi(hub, object));
  if (reading.value.kind === "TrafficTarget") {
    return <TargetForm target={reading.value} isNew={isNew} choices={choices} messages={messages} onChange={write} />;
  }
  if (reading.value.kind === "HTTPRouteGroup") {
    return <RouteGroupForm group={reading.value} isNew={isNew} messages={messages} onChange={write} />;
  }
  return <p className="text-ink-2 text-sm">A {object.kind} is edited as YAML.</p>;
}
