import type { Partial } from "@/lib/contract/topology";

/** Whether an answer has figures at all: a store that is away from the start leaves none, and nothing is not the same as unknown. */
export function isMeasured(partial: readonly Pick<Partial, "part" | "lastGoodAt">[]): boolean {
  return !partial.some(({ part, lastGoodAt }) => part === "metrics" && lastGoodAt === null);
}
