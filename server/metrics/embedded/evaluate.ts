/** Typed queries, evaluated on the embedded store to the numbers Prometheus gives. */
import { PART_LABEL } from "@/lib/metrics/names";
import type { Aggregation, Labels, Sample, Series, SimpleStoreQuery, StoreQuery, TimeRange } from "@/lib/metrics/query";
import { pointCount } from "@/lib/time/range";
import { increaseOver } from "./extrapolate";
import { type MetricStore, type StoredSeries, valueIn } from "./store";

/** A sample counts for this long when its target stops without a word. As Prometheus's default. */
const LOOKBACK_MS = 300_000;

/** `at` in unix seconds. */
export function evaluate(store: MetricStore, query: StoreQuery, at: number): Sample[] {
  return plansOf(store, query).flatMap((plan) =>
    plan.groups.flatMap((group) => {
      const value = plan.value(group.members, at * 1000);
      return value === null ? [] : [{ labels: group.labels, value: known(value) }];
    }),
  );
}

/** Series without any point are left out. */
export function evaluateRange(store: MetricStore, query: StoreQuery, range: TimeRange): Series[] {
  const times = Array.from({ length: pointCount(range) }, (_, index) => range.start + index * range.stepSeconds);
  return plansOf(store, query).flatMap((plan) =>
    plan.groups.flatMap((group) => {
      const points = times.flatMap((at): [number, number | null][] => {
        const value = plan.value(group.members, at * 1000);
        return value === null ? [] : [[at, known(value)]];
      });
      return points.length === 0 ? [] : [{ labels: group.labels, points }];
    }),
  );
}

interface Group {
  readonly labels: Labels;
  readonly members: readonly StoredSeries[];
}

/** The series of one simple query, found and grouped once; NaN stands for a value that is none, null for no sample. */
interface Plan {
  readonly groups: readonly Group[];
  value(members: readonly StoredSeries[], atMs: number): number | null;
}

function plansOf(store: MetricStore, query: StoreQuery): readonly Plan[] {
  if (query.kind !== "union") return [planOf(store, query, {})];
  return Object.entries(query.parts).map(([part, simple]) => planOf(store, simple, { [PART_LABEL]: part }));
}

function planOf(store: MetricStore, query: SimpleStoreQuery, extra: Labels): Plan {
  const groups = grouped(store.select(query.selector), query.by, extra);
  return { groups, value: (members, atMs) => compute(query, members, atMs) };
}

function compute(query: SimpleStoreQuery, members: readonly StoredSeries[], atMs: number): number | null {
  switch (query.kind) {
    case "instant":
      return aggregate(
        query.aggregation,
        present(members, (series) => latest(series, atMs)),
      );
    case "rate":
    case "increase": {
      const window = { from: atMs - query.windowSeconds * 1000, to: atMs };
      const total = aggregate(
        "sum",
        present(members, (series) => increaseOver(series, window)),
      );
      return total === null || query.kind === "increase" ? total : total / query.windowSeconds;
    }
  }
}

function latest(series: StoredSeries, atMs: number): number | null {
  const seq = series.table.lastAt(atMs);
  const value = valueIn(series, seq);
  return value === null || series.table.times.get(seq) <= atMs - LOOKBACK_MS ? null : value;
}

function present(members: readonly StoredSeries[], read: (series: StoredSeries) => number | null): readonly number[] {
  const values: number[] = [];
  for (const series of members) {
    const value = read(series);
    if (value !== null) values.push(value);
  }
  return values;
}

function aggregate(how: Aggregation, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  switch (how) {
    case "sum":
      return values.reduce((sum, value) => sum + value, 0);
    case "count":
      return values.length;
    case "max":
      return values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most));
    case "min":
      return values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least));
  }
}

function grouped(members: readonly StoredSeries[], by: readonly string[], extra: Labels): readonly Group[] {
  const groups = new Map<string, { labels: Labels; members: StoredSeries[] }>();
  for (const series of members) {
    const id = by.map((label) => series.labels[label] ?? "").join("\n");
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { labels: { ...pick(series.labels, by), ...extra }, members: [series] });
    else group.members.push(series);
  }
  return [...groups.values()];
}

/** A label without a value is no label. */
function pick(labels: Labels, names: readonly string[]): Labels {
  const picked: Record<string, string> = {};
  for (const name of names) if (labels[name]) picked[name] = labels[name];
  return picked;
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
