"use client";
import { useSyncExternalStore } from "react";

// One instant for every chart of the page: pointing at one shows the same moment in all.
let at: number | null = null;
const listeners = new Set<() => void>();

/** Unix milliseconds, or null to let go. */
export function pointAt(next: number | null): void {
  if (next === at) return;
  at = next;
  for (const listener of listeners) listener();
}

/** The instant pointed at; null when none is. */
export function useCrosshair(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => at,
    () => null,
  );
}
