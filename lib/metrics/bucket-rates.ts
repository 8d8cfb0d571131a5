/** Quantiles as stores are asked for them: by the rates of their buckets, once for all quantiles of one histogram. */
import { BUCKET_LABEL, PART_LABEL } from "./names";
import { type Bucket, quantiles, upperBound } from "./quantile";
import type {
  Labels,
  MetricQuery,
  MetricsSource,
  QuantileQuery,
  RateQuery,
  Reads,
  Series,
  SimpleStoreQuery,
  StoreQuery,
} from "./query";

/** A source that answers quantiles out of the bucket rates of a store. Any other question goes through as it is. */
export function quantilesOf(store: Reads<StoreQuery>): MetricsSource {
  return {
    async instant(query, at, signal) {
      const { asked, wanted } = bucketRates(query);
      const rows = await store.instant(asked, at, signal);
      if (wanted.size === 0) return rows;
      const series = rows.map(({ labels, value }): Series => ({ labels, points: [[at, value]] }));
      return foldBuckets(series, wanted).map(({ labels, points }) => ({ labels, value: points[0]?.[1] ?? null }));
    },
    async range(query, range, signal) {
      const { asked, wanted } = bucketRates(query);
      const rows = await store.range(asked, range, signal);
      return wanted.size === 0 ? rows : foldBuckets(rows, wanted);
    },
  };
}

/** A quantile and the part of the answer it becomes; null: the answer has no parts. */
interface Wanted {
  readonly part: string | null;
  readonly quantile: number;
}

/** By the part whose rows are buckets; the empty one when there are no parts. */
type WantedByPart = ReadonlyMap<string, readonly Wanted[]>;

/** The query with bucket rates for its quantiles. Those of one histogram share the rates, under the name of the first. */
function bucketRates(query: MetricQuery): { readonly asked: StoreQuery; readonly wanted: WantedByPart } {
  if (query.kind === "quantile") {
    return { asked: ratesOf(query), wanted: new Map([["", [{ part: null, quantile: query.quantile }]]]) };
  }
  if (query.kind !== "union") return { asked: query, wanted: new Map() };
  const parts: Record<string, SimpleStoreQuery> = {};
  const wanted = new Map<string, Wanted[]>();
  const firstOf = new Map<string, string>();
  for (const [part, simple] of Object.entries(query.parts)) {
    if (simple.kind !== "quantile") {
      parts[part] = simple;
      continue;
    }
    const rates = ratesOf(simple);
    const histogram = JSON.stringify(rates);
    const first = firstOf.get(histogram) ?? part;
    firstOf.set(histogram, first);
    parts[first] = rates;
    wanted.set(first, [...(wanted.get(first) ?? []), { part, quantile: simple.quantile }]);
  }
  return { asked: { kind: "union", parts }, wanted };
}

function ratesOf({ selector, windowSeconds, by }: QuantileQuery): RateQuery {
  return { kind: "rate", selector, windowSeconds, by: [BUCKET_LABEL, ...by] };
}

interface Histogram {
  readonly labels: Labels;
  readonly wanted: readonly Wanted[];
  readonly rows: { readonly upperBound: number; readonly points: Series["points"] }[];
}

/** The rows with those that are buckets folded into one row for each histogram and quantile, in the place of the first. */
function foldBuckets(rows: readonly Series[], wanted: WantedByPart): readonly Series[] {
  const histograms = new Map<string, Histogram>();
  const places: (Series | Histogram)[] = [];
  for (const row of rows) {
    const of = wanted.get(row.labels[PART_LABEL] ?? "");
    if (of === undefined) {
      places.push(row);
      continue;
    }
    const { [BUCKET_LABEL]: le = "", ...labels } = row.labels;
    const bound = upperBound(le);
    if (bound === null) continue;
    const key = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = histograms.get(key) ?? { labels, wanted: of, rows: [] };
    if (known.rows.length === 0) places.push(known);
    histograms.set(key, known);
    known.rows.push({ upperBound: bound, points: row.points });
  }
  return places.flatMap((place) => ("points" in place ? [place] : quantileRows(place)));
}

function quantileRows({ labels, wanted, rows }: Histogram): readonly Series[] {
  const shares = wanted.map(({ quantile }) => quantile);
  const moments = [...bucketsByMoment(rows)].sort(([a], [b]) => a - b);
  const values = moments.map(([at, buckets]) => [at, quantiles(shares, buckets)] as const);
  return wanted.map(({ part }, index) => ({
    labels: part === null ? labels : { ...labels, [PART_LABEL]: part },
    points: values.map(([at, all]) => [at, all[index] ?? null] as const),
  }));
}

function bucketsByMoment(rows: Histogram["rows"]): ReadonlyMap<number, Bucket[]> {
  const moments = new Map<number, Bucket[]>();
  // In ascending order, so that nothing is left to sort at each moment.
  for (const { upperBound: bound, points } of rows.sort((a, b) => a.upperBound - b.upperBound)) {
    for (const [at, value] of points) {
      const bucket = { upperBound: bound, count: value ?? Number.NaN };
      const buckets = moments.get(at);
      if (buckets === undefined) moments.set(at, [bucket]);
      else buckets.push(bucket);
    }
  }
  return moments;
}
