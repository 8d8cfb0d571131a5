/** Rows of the store as the lines of a panel: named, ratios taken, the largest kept. */
import type { ChartUnit } from "@/lib/charts/quantity";
import { key } from "@/lib/kube/refs";
import {
  CLUSTER_LABEL,
  DESTINATION_NAMESPACE,
  DESTINATION_SERVICE,
  PART_LABEL,
  parseClusterName,
  parseLocalClusterName,
  SOURCE_WORKLOAD_KIND,
} from "@/lib/metrics/names";
import type { Labels } from "@/lib/metrics/query";
import { dimensionLabels } from "./measure-query";
import { type Dimension, MEASURES, type MeasureId, type PlainId, plainMeasure } from "./measures";
import type { MeasuresSource } from "./panel";

/** A row of an answer on the grid of a range. */
export interface Row {
  readonly labels: Labels;
  /** One per step; null is a gap. */
  readonly values: readonly (number | null)[];
}

export interface PanelSeries {
  readonly label: string;
  readonly unit: ChartUnit;
  readonly values: readonly (number | null)[];
}

/** More lines than one can tell apart, and than a top list is read down to. */
export const MOST_SERIES = 10;

/**
 * The lines of a panel, the largest first when they are of a dimension; `total`: how many there were before only
 * MOST_SERIES were kept. `timesSeconds`: the grid, unix seconds.
 */
export function panelSeries(
  source: MeasuresSource,
  rows: readonly Row[],
  timesSeconds: readonly number[],
): { readonly series: readonly PanelSeries[]; readonly total: number } {
  const of = (id: PlainId) => lines(id, source.by, rows);
  const found = source.measures.flatMap((id) => {
    const measure = MEASURES[id];
    const several = source.measures.length > 1;
    const byValue = measure.how === "ratio" ? ratio(of(measure.of), of(measure.over)) : of(id as PlainId);
    return [...byValue].map(([value, values]): PanelSeries => {
      const label = value === "" ? measure.label : several ? `${value} ${measure.label}` : value;
      return { label, unit: measure.unit, values: isUntil(id) ? left(values, timesSeconds) : values };
    });
  });
  if (source.by === undefined) return { series: found, total: found.length };
  const largest = [...found].sort((a, b) => newest(b.values) - newest(a.values) || (a.label < b.label ? -1 : 1));
  return { series: largest.slice(0, MOST_SERIES), total: found.length };
}

/** The last known value; -Infinity when there is none. */
function newest(values: readonly (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? Number.NEGATIVE_INFINITY;
}

/** A measure's rows by what they are called. Rows that are called the same (ports of one service) are told apart by their port. */
function lines(id: PlainId, by: Dimension | undefined, rows: readonly Row[]): Map<string, readonly (number | null)[]> {
  const own = rows.filter((row) => row.labels[PART_LABEL] === id);
  if (by === undefined) return new Map(own.map((row) => ["", row.values]));
  const family = plainMeasure(id).family;
  const names = own.map((row) => nameOf(row.labels, by, family === "denied"));
  return new Map(
    own.map((row, index) => {
      const name = names[index] ?? "";
      const twice = names.filter((other) => other === name).length > 1;
      return [
        twice
          ? `${name} ${dimensionLabels(by, family)
              .map((label) => row.labels[label])
              .join(" ")}`
          : name,
        row.values,
      ];
    }),
  );
}

function nameOf(labels: Labels, by: Dimension, denied: boolean): string {
  if (by === "service" && denied) return `${labels[DESTINATION_NAMESPACE]}/${labels[DESTINATION_SERVICE]}`;
  if (by === "service") {
    const cluster = labels[CLUSTER_LABEL] ?? "";
    const service = parseClusterName(cluster) ?? parseLocalClusterName(cluster);
    return service ? key(service) : cluster;
  }
  if (by === "class") return `${labels[dimensionLabels(by, "calls")[0] ?? ""]}xx`;
  const parts = dimensionLabels(by, "calls").filter((label) => label !== SOURCE_WORKLOAD_KIND);
  return parts.map((label) => labels[label] ?? "").join("/") || "unknown";
}

/** Nothing was counted where there is no row: of what there was, none. Without calls there is no share. */
function ratio(
  of: ReadonlyMap<string, readonly (number | null)[]>,
  over: ReadonlyMap<string, readonly (number | null)[]>,
): Map<string, readonly (number | null)[]> {
  return new Map(
    [...over].map(([value, all]) => {
      const some = of.get(value);
      return [value, all.map((total, index) => (total !== null && total > 0 ? (some?.[index] ?? 0) / total : null))];
    }),
  );
}

function isUntil(id: MeasureId): boolean {
  const measure = MEASURES[id];
  return measure.how !== "ratio" && measure.until === true;
}

function left(values: readonly (number | null)[], timesSeconds: readonly number[]): readonly (number | null)[] {
  return values.map((value, index) => (value === null ? null : value - (timesSeconds[index] ?? 0)));
}
