"use client";
import { preference } from "./preference";

export const REFRESH_PACES = [
  { value: "usual", label: "As often as is useful" },
  { value: "rarely", label: "Five times rarer" },
  { value: "never", label: "Only when I ask" },
] as const;
export type RefreshPace = (typeof REFRESH_PACES)[number]["value"];

/** How often what no stream brings is asked again. */
export const refreshPace = preference<RefreshPace>({
  name: "refresh",
  fallback: "usual",
  parse: (stored) => REFRESH_PACES.find(({ value }) => value === stored)?.value ?? null,
});

/** Whether pages begin paused. */
export const startsPaused = preference<boolean>({
  name: "paused",
  fallback: false,
  parse: (stored) => (typeof stored === "boolean" ? stored : null),
});

const RARELY = 5;

/** A query's refetchInterval: `usualMs` by the reader's pace. */
export function useRefreshInterval(usualMs: number): number | false {
  const pace = refreshPace.use();
  if (pace === "never") return false;
  return pace === "rarely" ? usualMs * RARELY : usualMs;
}
