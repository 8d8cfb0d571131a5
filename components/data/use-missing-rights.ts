"use client";
import { useQueries } from "@tanstack/react-query";
import { useId } from "react";
import type { MissingRight, Rights } from "@/lib/contract/rights";
import { missingText } from "./missing-text";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { withQuery } from "./with-query";

/** One write of one object. */
export interface NeededRight extends MissingRight {
  readonly namespace: string;
}

export interface MissingRights {
  /** Of the element that says it (Reason). */
  readonly id: string;
  /** A sentence; null when nothing is missing, or it is not known: then the API server says so at the write. */
  readonly text: string | null;
  /** The id when something is missing: what a Button takes. */
  readonly because: string | null;
}

/** Rights are given and taken away while a page is open. */
const KNOWN_MS = 30_000;

/**
 * What of these rights the reader lacks. One answer for each namespace, shared by all of the page.
 */
export function useMissingRights(needed: readonly NeededRight[]): MissingRights {
  const id = useId();
  const namespaces = [...new Set(needed.map(({ namespace }) => namespace))];
  const text = useQueries({
    queries: namespaces.map((ns) => ({
      queryKey: queryKeys.rights(ns),
      queryFn: ({ signal }: { signal: AbortSignal }) => getJson("rights", withQuery("/api/rights", { ns }), signal),
      staleTime: KNOWN_MS,
      refetchInterval: KNOWN_MS,
      retry: false,
    })),
    combine: (results) =>
      missingText(
        needed,
        results.map(({ data }) => data as Rights | undefined),
      ),
  });
  return { id, text, because: text === null ? null : id };
}
