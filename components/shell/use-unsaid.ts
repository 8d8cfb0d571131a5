"use client";
import { useHealth } from "@/components/data/use-health";
import type { Partial } from "@/lib/contract/topology";

/** Parts that the strip above every page does not name already: a controller that is down is said once. */
export function useUnsaid(parts: readonly Partial[]): readonly Partial[] {
  const { data } = useHealth();
  const down = data?.parts.some(({ name, state }) => name === "controller" && state === "down") ?? false;
  return down ? parts.filter(({ part, reason }) => part !== "controller" || reason === "forbidden") : parts;
}
