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
import { type Dimension, type Family, MEASURES, type MeasureId, type PlainId, plainMeasure } from "./measures";
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

/** A line, and what it is of: `shop/till`, whichever port of it. Empty when the panel has no dimension. */
interface Line extends PanelSeries {
  readonly of: string;
}

/**
 * The lines of a panel, the largest first when they are of a dimension; `total`: how many there were before only
 * MOST_SERIES were kept. `timesSeconds`: the grid, unix seconds.
 */
export function panelSeries(
  source: MeasuresSource,
  rows: readonly Row[],
  timesSeconds: readonly number[],
): { readonly series: readonly PanelSeries[]; readonly total: number } {
  const { kept, total } = keptLines(source, rows, timesSeconds);
  return { series: kept.map(({ label, unit, values }) => ({ label, unit, values })), total };
}

/** The rows that make up the lines panelSeries keeps, with all rows of the same names, so that they are called the same without the rest. */
export function keptRows(
  source: MeasuresSource,
  rows: readonly Row[],
  timesSeconds: readonly number[],
): { readonly rows: readonly Row[]; readonly total: number } {
  const { kept, total } = keptLines(source, rows, timesSeconds);
  const names = new Set(kept.map(({ of }) => of));
  const { by } = source;
  return { rows: by === undefined ? rows : rows.filter((row) => names.has(nameOf(row, by))), total };
}

function keptLines(
  source: MeasuresSource,
  rows: readonly Row[],
  timesSeconds: readonly number[],
): { readonly kept: readonly Line[]; readonly total: number } {
  const of = (id: PlainId) => courses(id, source.by, rows);
  const found = source.measures.flatMap((id) => {
    const measure = MEASURES[id];
    const several = source.measures.length > 1;
    const byValue = measure.how === "ratio" ? ratio(of(measure.of), of(measure.over)) : of(id as PlainId);
    return [...byValue].map(([value, { of, values }]): Line => {
      const label = value === "" ? measure.label : several ? `${value} ${measure.label}` : value;
      return { of, label, unit: measure.unit, values: isUntil(id) ? left(values, timesSeconds) : values };
    });
  });
  if (source.by === undefined) return { kept: found, total: found.length };
  const largest = [...found].sort((a, b) => newest(b.values) - newest(a.values) || (a.label < b.label ? -1 : 1));
  return { kept: largest.slice(0, MOST_SERIES), total: found.length };
}

/** The last known value; -Infinity when there is none. */
function newest(values: readonly (number | null)[]): number {
  return values.findLast((value) => value !== null) ?? Number.NEGATIVE_INFINITY;
}

type Course = Pick<Line, "of" | "values">;

/** A measure's rows by what they are called. Rows that are called the same (ports of one service) are told apart by their port. */
function courses(id: PlainId, by: Dimension | undefined, rows: readonly Row[]): ReadonlyMap<string, Course> {
  const own = rows.filter((row) => row.labels[PART_LABEL] === id);
  if (by === undefined) return new Map(own.map((row) => ["", { of: "", values: row.values }]));
  const names = own.map((row) => nameOf(row, by));
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const labels = dimensionLabels(by, plainMeasure(id).family);
  return new Map(
    own.map((row, index) => {
      const name = names[index] ?? "";
      const apart = (times.get(name) ?? 0) > 1 ? ` ${labels.map((label) => row.labels[label]).join(" ")}` : "";
      return [name + apart, { of: name, values: row.values }];
    }),
  );
}

function nameOf({ labels }: Row, by: Dimension): string {
  if (by === "service" && familyOf(labels) === "denied") {
    return `${labels[DESTINATION_NAMESPACE]}/${labels[DESTINATION_SERVICE]}`;
  }
  if (by === "service") {
    const cluster = labels[CLUSTER_LABEL] ?? "";
    const service = parseClusterName(cluster) ?? parseLocalClusterName(cluster);
    return service ? key(service) : cluster;
  }
  if (by === "class") return `${labels[dimensionLabels(by, "calls")[0] ?? ""]}xx`;
  const parts = dimensionLabels(by, "calls").filter((label) => label !== SOURCE_WORKLOAD_KIND);
  return parts.map((label) => labels[label] ?? "").join("/") || "unknown";
}

/** Of the measure a row is of. */
export function familyOf(labels: Labels): Family {
  return plainMeasure(labels[PART_LABEL] as PlainId).family;
}

/** Nothing was counted where there is no row: of what there was, none. Without calls there is no share. */
function ratio(of: ReadonlyMap<string, Course>, over: ReadonlyMap<string, Course>): ReadonlyMap<string, Course> {
  return new Map(
    [...over].map(([value, all]) => {
      const some = of.get(value)?.values;
      const share = (total: number | null, index: number) =>
        total !== null && total > 0 ? (some?.[index] ?? 0) / total : null;
      return [value, { of: all.of, values: all.values.map(share) }];
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
