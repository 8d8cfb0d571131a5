import type { Rights } from "@/lib/contract/rights";
import type { NeededRight } from "./use-missing-rights";

/** "You may not update TrafficSplits in bookstore." null: nothing is known to be missing. */
export function missingText(needed: readonly NeededRight[], known: readonly (Rights | undefined)[]): string | null {
  const lacks = needed.filter(({ namespace, verb, kind }) =>
    known.some(
      (rights) =>
        rights?.namespace === namespace && rights.missing.some((one) => one.verb === verb && one.kind === kind),
    ),
  );
  const places = [...new Set(lacks.map(({ namespace }) => namespace))];
  const parts = places.map((place) => {
    const here = lacks.filter(({ namespace }) => namespace === place);
    return `${[...new Set(here.map(({ verb, kind }) => `${verb} ${kind}s`))].join(" and ")} in ${place}`;
  });
  return parts.length === 0 ? null : `You may not ${parts.join(", nor ")}. Ask for a role that allows it.`;
}
