"use client";
import { useHealth } from "@/components/data/use-health";
import type { Partial } from "@/lib/contract/topology";

/** Parts that the strip above every page does not name already: what is not well is said once. */
export function useUnsaid(parts: readonly Partial[]): readonly Partial[] {
  const { data } = useHealth();
  const said = new Set(
    data?.parts.filter(({ state }) => state === "down" || state === "degraded").map(({ name }) => name),
  );
  return parts.filter(({ part, reason = "away" }) => reason !== "away" || !said.has(part));
}
