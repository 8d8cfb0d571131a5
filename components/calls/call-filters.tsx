"use client";
import { ListFilter } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Popover } from "@/components/ui/popover";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { Tag } from "@/components/ui/tag";
import { TextInput } from "@/components/ui/text-input";
import type { FilterPart, UrlCallFilter } from "./use-call-filter";

const SHOW = [
  { value: "all", label: "All" },
  { value: "denied", label: "Refused" },
  { value: "failed", label: "Failed" },
] as const;
type Show = (typeof SHOW)[number]["value"];

const choices = (any: string, values: readonly string[]) => [
  { value: "", label: any },
  ...values.map((value) => ({ value, label: value })),
];
const METHODS = choices("Any method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT"]);
const PROTOCOLS = choices("Any protocol", ["http", "tcp"]);
const TEXTS: readonly { readonly part: FilterPart; readonly label: string; readonly hint: string }[] = [
  { part: "source", label: "Source", hint: "workload or ServiceAccount" },
  { part: "destination", label: "Destination", hint: "service or ServiceAccount" },
  { part: "path", label: "Path", hint: "/books/* or a part of it" },
  { part: "status", label: "Status", hint: "403 or 5xx" },
];
const IN_POPOVER: readonly FilterPart[] = ["source", "destination", "path", "status", "method", "protocol"];

/** What of the calls is shown; all of it stands in the URL. */
export function CallFilters({ filter }: { filter: UrlCallFilter }) {
  const { given, set, faults } = filter;
  const show: Show = given.denied === "true" ? "denied" : given.failed === "true" ? "failed" : "all";
  const active = IN_POPOVER.filter((part) => given[part] !== "");
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label="Which calls"
        options={SHOW}
        value={show}
        onChange={(next) =>
          set({ denied: next === "denied" ? "true" : null, failed: next === "failed" ? "true" : null })
        }
      />
      <TextInput
        aria-label="Find in calls"
        placeholder="Find in calls"
        className="h-(--control-sm)! w-44!"
        value={given.text}
        onChange={(text) => set({ text: text === "" ? null : text })}
      />
      <Popover
        label="Filters"
        className="w-80"
        trigger={
          <Button size="sm" icon={<ListFilter size={14} aria-hidden="true" />}>
            Filters{active.length > 0 && ` (${active.length})`}
          </Button>
        }
      >
        <div className="flex flex-col gap-3 p-4">
          {TEXTS.map(({ part, label, hint }) => (
            <Field key={part} label={label} {...(faults[part] ? { error: `It ${faults[part]}` } : {})}>
              {(control) => (
                <TextInput
                  {...control}
                  placeholder={hint}
                  value={given[part]}
                  onChange={(text) => set({ [part]: text === "" ? null : text })}
                />
              )}
            </Field>
          ))}
          <div className="flex gap-2">
            <Select
              aria-label="Method"
              options={METHODS}
              value={given.method.toUpperCase()}
              onChange={(method) => set({ method: method || null })}
            />
            <Select
              aria-label="Protocol"
              options={PROTOCOLS}
              value={given.protocol}
              onChange={(protocol) => set({ protocol: protocol || null })}
            />
          </div>
        </div>
      </Popover>
      {active.map((part) => (
        <Tag
          key={part}
          tone={faults[part] ? "warn" : "accent"}
          removeLabel={`Remove the filter ${part}`}
          onRemove={() => set({ [part]: null })}
        >
          {part} {given[part]}
        </Tag>
      ))}
    </div>
  );
}
