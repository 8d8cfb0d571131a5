"use client";
import { useEffect, useSyncExternalStore } from "react";

/** What the page's figures are for and what they cost; shown in the top bar. */
export interface PageData {
  /** Unix milliseconds. */
  readonly at: number;
  readonly queries: { readonly count: number; readonly ms: number } | null;
}

let current: PageData | null = null;
const listeners = new Set<() => void>();
function set(next: PageData | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** A page calls this with what its data says of itself. */
export function useReportPageData(at: number | null, queries: PageData["queries"]): void {
  const count = queries?.count;
  const ms = queries?.ms;
  useEffect(() => {
    set(at === null ? null : { at, queries: count === undefined || ms === undefined ? null : { count, ms } });
  }, [at, count, ms]);
  useEffect(() => () => set(null), []);
}

/** null when the page has no figures yet. */
export function usePageData(): PageData | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
    () => null,
  );
}
