"use client";
import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { TextInput } from "@/components/ui/text-input";
import { key, parseKey } from "@/lib/kube/refs";
import type { IdentityRef, TargetRule, TrafficTarget } from "@/lib/smi/hub";
import { type FieldMessage, messageAt } from "./field-errors";
import type { PolicyChoices } from "./use-policy-choices";

interface TargetFormProps {
  target: TrafficTarget;
  /** A new object may still be named. */
  isNew: boolean;
  choices: PolicyChoices;
  messages: readonly FieldMessage[];
  onChange: (target: TrafficTarget) => void;
}

/** A TrafficTarget in fields: who may call, whom, and by which routes. */
export function TargetForm({ target, isNew, choices, messages, onChange }: TargetFormProps) {
  const setSource = (at: number, identity: IdentityRef) =>
    onChange({ ...target, sources: target.sources.map((one, index) => (index === at ? identity : one)) });
  const setRule = (at: number, rule: TargetRule) =>
    onChange({ ...target, rules: target.rules.map((one, index) => (index === at ? rule : one)) });
  return (
    <div className="flex flex-col gap-4">
      {isNew && (
        <Field label="Name" error={messageAt(messages, "metadata.name")}>
          {(control) => (
            <TextInput {...control} value={target.name} onChange={(name) => onChange({ ...target, name })} />
          )}
        </Field>
      )}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-ink-2 text-xs">Sources: who may call</legend>
        {target.sources.map((source, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same source may stand there twice while it is edited
          <div key={`${source.namespace}/${source.name}/${at}`} className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <IdentityField
                label={`Source ${at + 1}`}
                identity={source}
                choices={choices}
                error={messageAt(messages, `sources[${at}]`, true)}
                onChange={(identity) => setSource(at, identity)}
              />
            </div>
            <IconButton
              label={`Remove source ${source.namespace}/${source.name}`}
              onClick={() => onChange({ ...target, sources: target.sources.filter((_, index) => index !== at) })}
            >
              <Trash2 size={14} aria-hidden="true" />
            </IconButton>
          </div>
        ))}
        <Complaint text={messageAt(messages, "sources")} />
        <Button
          size="sm"
          icon={<Plus size={14} aria-hidden="true" />}
          className="self-start"
          onClick={() =>
            onChange({ ...target, sources: [...target.sources, { kind: "ServiceAccount", name: "", namespace: "" }] })
          }
        >
          Add a source
        </Button>
      </fieldset>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-ink-2 text-xs">Destination: whom they call</legend>
        <IdentityField
          label="Destination"
          identity={target.destination}
          choices={choices}
          error={messageAt(messages, "destination", true)}
          onChange={(identity) =>
            onChange({
              ...target,
              // SMI wants a target beside its destination; a stored object keeps the namespace it has.
              namespace: isNew ? identity.namespace : target.namespace,
              destination: { ...target.destination, ...identity },
            })
          }
        />
      </fieldset>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-ink-2 text-xs">Routes: by which calls</legend>
        {target.rules.map((rule, at) => (
          <RuleField
            // biome-ignore lint/suspicious/noArrayIndexKey: the same group may be named twice
            key={`${rule.kind}/${rule.name}/${at}`}
            rule={rule}
            namespace={target.namespace}
            choices={choices}
            error={messageAt(messages, `rules[${at}]`, true)}
            onChange={(next) => setRule(at, next)}
            onRemove={() => onChange({ ...target, rules: target.rules.filter((_, index) => index !== at) })}
          />
        ))}
        <Complaint text={messageAt(messages, "rules")} />
        <AddRule target={target} choices={choices} onChange={onChange} />
      </fieldset>
    </div>
  );
}

function Complaint({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className="text-fail text-xs">
      {text}
    </p>
  ) : null;
}

interface IdentityFieldProps {
  label: string;
  identity: IdentityRef;
  choices: PolicyChoices;
  error: string | undefined;
  onChange: (identity: IdentityRef) => void;
}

function IdentityField({ label, identity, choices, error, onChange }: IdentityFieldProps) {
  return (
    <Field label={label} labelHidden error={error}>
      {(control) => (
        <Combobox
          {...control}
          label={label}
          placeholder="A ServiceAccount"
          value={identity.name === "" ? null : key(identity)}
          options={choices.identities}
          allowOther
          onChange={(value) => onChange({ ...identity, ...parseKey(value, identity.namespace || "default") })}
        />
      )}
    </Field>
  );
}

interface RuleFieldProps {
  rule: TargetRule;
  namespace: string;
  choices: PolicyChoices;
  error: string | undefined;
  onChange: (rule: TargetRule) => void;
  onRemove: () => void;
}

function RuleField({ rule, namespace, choices, error, onChange, onRemove }: RuleFieldProps) {
  const group = choices.routes.find(
    (one) => one.kind === rule.kind && one.name === rule.name && one.namespace === namespace,
  );
  const chosen = rule.matches ?? group?.matches ?? [];
  // A match the group no longer has stays in sight, so that it can be taken out.
  const offered = [...new Set([...(group?.matches ?? []), ...chosen])];
  const toggle = (match: string, on: boolean) =>
    onChange({ ...rule, matches: offered.filter((one) => (one === match ? on : chosen.includes(one))) });
  return (
    <div className="rounded-md border border-line px-3 py-2">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-sm">
          <span className="text-ink-3">{rule.kind} </span>
          {rule.name}
        </span>
        <IconButton label={`Remove ${rule.name}`} size="sm" onClick={onRemove}>
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </div>
      {offered.map((match) => (
        <Checkbox key={match} checked={chosen.includes(match)} onChange={(on) => toggle(match, on)}>
          {match}
          {group && !group.matches.includes(match) && <span className="text-fail text-xs">no such route</span>}
        </Checkbox>
      ))}
      {rule.kind === "TCPRoute" && group && (
        <p className="text-ink-3 text-xs">
          {group.ports.length > 0 ? `Ports ${group.ports.join(", ")}` : "Every port"}
        </p>
      )}
      <Complaint text={error} />
    </div>
  );
}

function AddRule({ target, choices, onChange }: Pick<TargetFormProps, "target" | "choices" | "onChange">) {
  const options = choices.routes
    .filter((route) => route.namespace === target.namespace)
    .filter((route) => !target.rules.some((rule) => rule.kind === route.kind && rule.name === route.name))
    .map((route) => ({ value: `${route.kind}/${route.name}`, label: route.name, group: route.kind }));
  if (options.length === 0) {
    return (
      <p className="text-ink-3 text-xs">
        {target.rules.length > 0
          ? "Every route of this namespace is listed."
          : `No HTTPRouteGroup or TCPRoute in ${target.namespace || "this namespace"} yet: create one first.`}
      </p>
    );
  }
  return (
    <Combobox
      label="Add a route group"
      placeholder="Add a route group"
      value={null}
      options={options}
      onChange={(value) => {
        const slash = value.indexOf("/");
        const rule: TargetRule = { kind: value.slice(0, slash), name: value.slice(slash + 1), matches: null };
        onChange({ ...target, rules: [...target.rules, rule] });
      }}
    />
  );
}
