"use client";
import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { TextInput } from "@/components/ui/text-input";
import type { HttpMatch, HttpRouteGroup } from "@/lib/smi/hub";
import { type FieldMessage, messageAt } from "./field-errors";
import { MethodChoice } from "./method-choice";
import { regexMessage } from "./regex-message";

interface RouteGroupFormProps {
  group: HttpRouteGroup;
  isNew: boolean;
  messages: readonly FieldMessage[];
  onChange: (group: HttpRouteGroup) => void;
}

const NEW_MATCH: HttpMatch = { name: "", pathRegex: ".*", methods: [], headers: {} };

/** An HTTPRouteGroup in fields: named matches of path, methods and headers. */
export function RouteGroupForm({ group, isNew, messages, onChange }: RouteGroupFormProps) {
  const setMatch = (at: number, match: HttpMatch) =>
    onChange({ ...group, matches: group.matches.map((one, index) => (index === at ? match : one)) });
  return (
    <div className="flex flex-col gap-4">
      {isNew && (
        <div className="grid grid-cols-2 gap-2">
          <Field label="Name" error={messageAt(messages, "metadata.name")}>
            {(control) => (
              <TextInput {...control} value={group.name} onChange={(name) => onChange({ ...group, name })} />
            )}
          </Field>
          <Field label="Namespace" error={messageAt(messages, "metadata.namespace")}>
            {(control) => (
              <TextInput
                {...control}
                value={group.namespace}
                onChange={(namespace) => onChange({ ...group, namespace })}
              />
            )}
          </Field>
        </div>
      )}
      {group.matches.map((match, at) => (
        <MatchFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a match's name is being typed, its place is what it has
          key={at}
          at={at}
          match={match}
          messages={messages}
          onChange={(next) => setMatch(at, next)}
          onRemove={() => onChange({ ...group, matches: group.matches.filter((_, index) => index !== at) })}
        />
      ))}
      <Button
        size="sm"
        icon={<Plus size={14} aria-hidden="true" />}
        className="self-start"
        onClick={() => onChange({ ...group, matches: [...group.matches, NEW_MATCH] })}
      >
        Add a match
      </Button>
    </div>
  );
}

interface MatchFieldsProps {
  at: number;
  match: HttpMatch;
  messages: readonly FieldMessage[];
  onChange: (match: HttpMatch) => void;
  onRemove: () => void;
}

function MatchFields({ at, match, messages, onChange, onRemove }: MatchFieldsProps) {
  const path = `matches[${at}]`;
  const headers = Object.entries(match.headers);
  const setHeaders = (entries: readonly (readonly [string, string])[]) =>
    onChange({ ...match, headers: Object.fromEntries(entries) });
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border border-line px-3 py-2">
      <legend className="sr-only">Match {match.name || at + 1}</legend>
      <div className="flex items-end gap-1">
        <div className="min-w-0 flex-1">
          <Field label="Match" error={messageAt(messages, `${path}.name`)}>
            {(control) => (
              <TextInput {...control} value={match.name} onChange={(name) => onChange({ ...match, name })} />
            )}
          </Field>
        </div>
        <IconButton label={`Remove match ${match.name || at + 1}`} onClick={onRemove}>
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <Field
        label="Path"
        hint="A regular expression of the whole path"
        error={messageAt(messages, `${path}.pathRegex`) ?? regexMessage(match.pathRegex ?? "")}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={match.pathRegex ?? ""}
            onChange={(text) => onChange({ ...match, pathRegex: text === "" ? null : text })}
          />
        )}
      </Field>
      <MethodChoice methods={match.methods} onChange={(methods) => onChange({ ...match, methods })} />
      {headers.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header's name is being typed, its place is what it has
        <div key={index} className="flex items-end gap-1">
          <Field label="Header">
            {(control) => (
              <TextInput
                {...control}
                mono
                value={name}
                onChange={(next) => setHeaders(headers.map((one, place) => (place === index ? [next, value] : one)))}
              />
            )}
          </Field>
          <Field label="Whole value matches" error={regexMessage(value)}>
            {(control) => (
              <TextInput
                {...control}
                mono
                value={value}
                onChange={(next) => setHeaders(headers.map((one, place) => (place === index ? [name, next] : one)))}
              />
            )}
          </Field>
          <IconButton
            label={`Remove header ${name}`}
            onClick={() => setHeaders(headers.filter((_, place) => place !== index))}
          >
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        variant="quiet"
        className="self-start"
        disabled={"" in match.headers}
        onClick={() => setHeaders([...headers, ["", ".*"]])}
      >
        Add a header
      </Button>
    </fieldset>
  );
}
