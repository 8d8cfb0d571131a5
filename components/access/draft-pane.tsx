"use client";
import { useState } from "react";
import type { ObjectChange } from "@/components/changes/object-change";
import { fromYaml, toYaml } from "@/components/changes/yaml-text";
import { YamlEditor } from "@/components/ui/yaml-editor";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import type { FieldMessage } from "./field-errors";
import { ObjectForm } from "./object-form";
import type { PolicyChoices } from "./use-policy-choices";

interface DraftPaneProps {
  change: ObjectChange;
  choices: PolicyChoices;
  messages: readonly FieldMessage[];
  /** The object as drafted; an AppError while the YAML cannot be read. */
  onChange: (object: KubeObject | AppError) => void;
}

/** Form left, YAML right; each follows the other. While the YAML cannot be read the form rests. */
export function DraftPane({ change, choices, messages, onChange }: DraftPaneProps) {
  const [text, setText] = useState(change.put ? toYaml(change.put) : "");
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const { put } = change;
  if (!put) {
    return (
      <p className="px-4 py-3 text-sm">
        {change.base?.kind} {change.base?.metadata.namespace}/{change.base?.metadata.name} names no other source, so it
        is deleted.
      </p>
    );
  }

  const typed = (next: string) => {
    setText(next);
    const reading = fromYaml(next, put);
    setUnreadable(reading.ok ? null : `Line ${reading.line}: ${reading.message}`);
    onChange(reading.ok ? reading.object : new AppError("invalid_request", reading.message));
  };
  function filled(object: KubeObject): void {
    setText(toYaml(object));
    onChange(object);
  }

  return (
    <div className="@container">
      <div className="grid @2xl:grid-cols-2 @2xl:divide-x divide-line">
        <div className="px-4 py-3">
          {unreadable ? (
            <p role="alert" className="text-fail text-sm">
              The YAML cannot be read. {unreadable}
            </p>
          ) : (
            <ObjectForm
              object={put}
              isNew={change.base === null}
              choices={choices}
              messages={messages}
              onChange={filled}
            />
          )}
        </div>
        <div className="px-4 py-3">
          <YamlEditor label={`${put.kind} as YAML`} value={text} onChange={typed} problems={[...messages]} lines={24} />
        </div>
      </div>
    </div>
  );
}
