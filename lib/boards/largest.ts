/**
 * Which of the many values of a dimension a panel shows, found before their course is asked for: the courses of a thousand
 * services would be a hundred times what is drawn.
 */
import { literal } from "@/lib/metrics/pattern";
import type { Matcher, SimpleQuery, UnionQuery } from "@/lib/metrics/query";
import { dimensionLabels, measuresQuery } from "./measure-query";
import { type Dimension, type Family, type PlainId, plainMeasure } from "./measures";
import type { MeasuresSource } from "./panel";
import { familyOf, keptRows, MOST_SERIES, type Row } from "./series";

/** These have as many values as the mesh has things. The others have few in any mesh. */
const GROWS: readonly Dimension[] = ["service", "workload", "namespace", "pod"];

export function growsWithMesh({ by }: MeasuresSource): boolean {
  return by !== undefined && GROWS.includes(by);
}

/**
 * The query of a panel for no more than it shows. `newest`: what all of its query answers at the end of the range. null:
 * that is all there is to ask for.
 */
export function largestQuery(
  source: MeasuresSource,
  newest: readonly Row[],
  { atSeconds, windowSeconds }: { readonly atSeconds: number; readonly windowSeconds: number },
): { readonly query: UnionQuery; readonly total: number } | null {
  const { rows, total } = keptRows(source, newest, [atSeconds]);
  const { by } = source;
  if (by === undefined || total <= MOST_SERIES) return null;
  const parts = Object.entries(measuresQuery(source, windowSeconds).parts).flatMap(([id, query]) => {
    const { family } = plainMeasure(id as PlainId);
    const own = rows.filter(({ labels }) => familyOf(labels) === family);
    return own.length === 0 ? [] : [[id, narrowed(query, valueMatchers(own, by, family))] as const];
  });
  return { query: { kind: "union", parts: Object.fromEntries(parts) }, total };
}

function narrowed(query: SimpleQuery, matchers: readonly Matcher[]): SimpleQuery {
  return { ...query, selector: { ...query.selector, matchers: [...query.selector.matchers, ...matchers] } };
}

/** Where several labels make up a dimension, pairs that stand in no row may match too: they are few, and not the largest. */
function valueMatchers(rows: readonly Row[], by: Dimension, family: Family): readonly Matcher[] {
  return dimensionLabels(by, family).map((label): Matcher => {
    const values = [...new Set(rows.map(({ labels }) => labels[label] ?? ""))].sort();
    return { label, op: "=~", value: values.map(literal).join("|") };
  });
}
