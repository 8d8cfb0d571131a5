"use client";
import { useMemo } from "react";
import { SHARED_PARAMETERS } from "./leaving";
import { readInstant, readWindow } from "./scope-values";
import { useUrlState } from "./url-state";

/** What rates may be taken over, from the top bar. */
export const WINDOWS = [
  { value: "30s", label: "Last 30 s" },
  { value: "1m", label: "Last 1 min" },
  { value: "5m", label: "Last 5 min" },
  { value: "15m", label: "Last 15 min" },
  { value: "1h", label: "Last 1 h" },
] as const;

/** The window of `?window=`; 30 s when it is missing or no window. */
export function useWindow(): string {
  return readWindow(useUrlState().get("window"));
}

/** The past instant of `?at=` (unix milliseconds) the page shows; null for now. */
export function useInstant(): number | null {
  return readInstant(useUrlState().get("at"));
}

/** The namespaces of `?ns=a,b`; null for all. */
export function useScope(): ReadonlySet<string> | null {
  const { get } = useUrlState();
  const asked = get("ns");
  return useMemo(() => (asked ? new Set(asked.split(",")) : null), [asked]);
}

/** Parameters every page shares, to carry from page to page: `?window=1m&ns=bookstore`, or "". */
export function useSharedQuery(): string {
  const { get } = useUrlState();
  const kept = new URLSearchParams();
  for (const name of SHARED_PARAMETERS) {
    const value = get(name);
    if (value !== null) kept.set(name, value);
  }
  const text = kept.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}
