"use client";
import { type FieldMessage, messageAt } from "@/components/access/field-errors";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { KubeObject } from "@/lib/kube/objects";
import { SIDECAR_LOG_LEVELS } from "@/lib/mesh/mesh-config";
import { fieldOf, withField } from "./set-field";

interface MeshConfigFormProps {
  object: KubeObject;
  messages: readonly FieldMessage[];
  onChange: (object: KubeObject) => void;
}

const PERMISSIVE = ["spec", "traffic", "enablePermissiveTrafficPolicyMode"];
const VALIDITY = ["spec", "certificate", "serviceCertValidityDuration"];
const LOG_LEVEL = ["spec", "sidecar", "logLevel"];
const IMAGE = ["spec", "sidecar", "envoyImage"];
const RESOURCES = [
  ["requests", "cpu", "CPU requested"],
  ["requests", "memory", "Memory requested"],
  ["limits", "cpu", "CPU at most"],
  ["limits", "memory", "Memory at most"],
] as const;
const LEVELS = [
  { value: "", label: "not set (error)" },
  ...SIDECAR_LOG_LEVELS.map((level) => ({ value: level, label: level })),
];

/** The settings the controller acts on; everything else is edited as YAML. */
export function MeshConfigForm({ object, messages, onChange }: MeshConfigFormProps) {
  const text = (path: readonly string[]) => {
    const value = fieldOf(object, path);
    return value === undefined || value === null ? "" : String(value);
  };
  const set = (path: readonly string[]) => (value: string) =>
    onChange(withField(object, path, value === "" ? undefined : value));
  const error = (path: readonly string[]) => messageAt(messages, path.slice(1).join("."));
  return (
    <div className="flex flex-col gap-4">
      <div>
        <Checkbox
          checked={fieldOf(object, PERMISSIVE) === true}
          onChange={(on) => onChange(withField(object, PERMISSIVE, on))}
        >
          Permissive: every workload of the mesh may call every other
        </Checkbox>
        <p className="pl-6 text-ink-3 text-xs">
          {error(PERMISSIVE) ?? "While it is on, TrafficTargets are not looked at."}
        </p>
      </div>
      <Field
        label="Certificate validity"
        hint="How long a workload's certificate lasts, for example 24h. Not set: 24h."
        error={error(VALIDITY)}
      >
        {(control) => <TextInput {...control} placeholder="24h" value={text(VALIDITY)} onChange={set(VALIDITY)} />}
      </Field>
      <Field label="Sidecar log level" hint="Of sidecars started from now on." error={error(LOG_LEVEL)}>
        {(control) => (
          <Select
            {...control}
            value={text(LOG_LEVEL)}
            options={levelsWith(text(LOG_LEVEL))}
            onChange={set(LOG_LEVEL)}
          />
        )}
      </Field>
      <Field
        label="Sidecar image"
        hint="Of sidecars started from now on. Not set: the controller's own."
        error={error(IMAGE)}
      >
        {(control) => <TextInput {...control} mono value={text(IMAGE)} onChange={set(IMAGE)} />}
      </Field>
      <fieldset className="grid grid-cols-2 gap-x-4 gap-y-2">
        <legend className="mb-1 font-medium text-ink-2 text-xs">Resources of sidecars started from now on</legend>
        {RESOURCES.map(([kind, name, label]) => {
          const path = ["spec", "sidecar", "resources", kind, name];
          return (
            <Field key={label} label={label} error={error(path)}>
              {(control) => (
                <TextInput
                  {...control}
                  placeholder={name === "cpu" ? "100m" : "128Mi"}
                  value={text(path)}
                  onChange={set(path)}
                />
              )}
            </Field>
          );
        })}
      </fieldset>
      <p className="text-ink-3 text-xs">Every other setting of OSM's MeshConfig is kept as it is and edited as YAML.</p>
    </div>
  );
}

/** A value that is none of them is shown too: it must not look like another. */
function levelsWith(value: string): readonly { readonly value: string; readonly label: string }[] {
  return LEVELS.some((level) => level.value === value) ? LEVELS : [{ value, label: value }, ...LEVELS];
}
