"use client";
import { useMemo } from "react";
import { useUrlState } from "@/components/shell/url-state";
import { type CallFilter, CallFilterSchema } from "@/lib/contract/calls";

/** Parts of a filter that stand in the URL by their own names. */
export const FILTER_PARTS = [
  "source",
  "destination",
  "method",
  "path",
  "status",
  "denied",
  "failed",
  "protocol",
  "text",
] as const;
export type FilterPart = (typeof FILTER_PARTS)[number];

export interface UrlCallFilter {
  /** What is set and valid. */
  readonly filter: CallFilter;
  /** As it stands in the URL, "" when it does not. */
  readonly given: Readonly<Record<FilterPart, string>>;
  /** Why a part is not used, by part. */
  readonly faults: Readonly<Partial<Record<FilterPart, string>>>;
  readonly set: (change: Readonly<Partial<Record<FilterPart, string | null>>>) => void;
}

/** The filter of calls that the URL says. A part that is not valid is left out, and said to be. */
export function useCallFilter(): UrlCallFilter {
  const { get, setUrl } = useUrlState();
  const given = Object.fromEntries(FILTER_PARTS.map((part) => [part, get(part) ?? ""])) as Record<FilterPart, string>;
  const key = JSON.stringify(given);
  return useMemo(() => ({ ...read(JSON.parse(key)), set: (change) => setUrl(change) }), [key, setUrl]);
}

function read(given: Record<FilterPart, string>): Omit<UrlCallFilter, "set"> {
  const filter: Record<string, string> = {};
  const faults: Partial<Record<FilterPart, string>> = {};
  for (const part of FILTER_PARTS) {
    if (given[part] === "") continue;
    const result = CallFilterSchema.shape[part].safeParse(given[part]);
    if (result.success) filter[part] = given[part];
    else faults[part] = result.error.issues[0]?.message ?? "is not valid";
  }
  return { filter: CallFilterSchema.parse(filter), given, faults };
}
