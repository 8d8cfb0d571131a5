/**
 * Metric queries as typed values. They are compiled to PromQL (compile.ts) for a real Prometheus and evaluated directly by
 * the embedded store; one contract suite holds both to the same numbers. No user text ever becomes part of a query: matcher
 * values are escaped, label and metric names are the ones in names.ts.
 */
export type MatchOp = "=" | "!=" | "=~" | "!~";

export interface Matcher {
  readonly label: string;
  readonly op: MatchOp;
  /** For =~ and !~ an RE2 that must match the whole value. */
  readonly value: string;
}

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export type Aggregation = "sum" | "max" | "min" | "count";

/** Aggregates the latest value of each series (Prometheus's 5 min lookback). */
export interface InstantQuery {
  readonly kind: "instant";
  readonly aggregation: Aggregation;
  readonly selector: Selector;
  readonly by: readonly string[];
}

/** `sum by (...) (rate(counter[window]))`, per second, with Prometheus's extrapolation; or increase over the window. */
export interface RateQuery {
  readonly kind: "rate" | "increase";
  readonly selector: Selector;
  readonly windowSeconds: number;
  readonly by: readonly string[];
}

/**
 * A quantile of the rates of a histogram's buckets; the selector names the `_bucket` series. Stores are asked for the rates
 * (bucket-rates.ts): their own `histogram_quantile` draws a straight line where quantile.ts draws a curve.
 */
export interface QuantileQuery {
  readonly kind: "quantile";
  /** 0 to 1. */
  readonly quantile: number;
  readonly selector: Selector;
  readonly windowSeconds: number;
  readonly by: readonly string[];
}

export type SimpleQuery = InstantQuery | RateQuery | QuantileQuery;

/** Several answers in one round trip. Each row carries the label `part`, the name of the query it answers. */
export interface UnionQuery {
  readonly kind: "union";
  /** Names are letters, digits and `_`. */
  readonly parts: Readonly<Record<string, SimpleQuery>>;
}

export type MetricQuery = SimpleQuery | UnionQuery;

/** What a store is asked: no quantiles. */
export type SimpleStoreQuery = InstantQuery | RateQuery;
export type StoreQuery =
  | SimpleStoreQuery
  | { readonly kind: "union"; readonly parts: Readonly<Record<string, SimpleStoreQuery>> };

export type Labels = Readonly<Record<string, string>>;

/** null: no value, where Prometheus says NaN or infinity. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number | null;
}

export interface Series {
  readonly labels: Labels;
  /** [unix seconds, value], ascending, on the grid start + n * step. Steps without a value are left out. */
  readonly points: readonly (readonly [number, number | null])[];
}

export interface TimeRange {
  /** Unix seconds. */
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
}

/** Where metrics are read from. Implementations: server/metrics/prometheus.ts, server/metrics/embedded. */
export type MetricsSource = Reads<MetricQuery>;

/** `at` in unix seconds. Throws AppError upstream_unavailable, upstream_timeout or upstream_malformed. */
export interface Reads<Query> {
  instant(query: Query, at: number, signal?: AbortSignal): Promise<readonly Sample[]>;
  range(query: Query, range: TimeRange, signal?: AbortSignal): Promise<readonly Series[]>;
}
