/** Quantiles of a histogram of cumulative buckets, by the same rules as Prometheus's histogram_quantile. */

export interface Bucket {
  /** Inclusive; Infinity for the last one. */
  readonly upperBound: number;
  /** How many (or how many per second) were at or under it. */
  readonly count: number;
}

/** Reads the label `le`; null when it is no bound. */
export function upperBound(le: string): number | null {
  if (le === "+Inf" || le === "Inf" || le === "inf") return Number.POSITIVE_INFINITY;
  const bound = le === "" ? Number.NaN : Number(le);
  return Number.isNaN(bound) ? null : bound;
}

/**
 * The value under which a share `q` (0 to 1) of the observations lies, interpolated inside its bucket. Buckets in any
 * order. null without observations, without a +Inf bucket or with fewer than two buckets. A rank in the last bucket
 * answers the highest finite bound: more is not known.
 */
export function quantile(q: number, buckets: readonly Bucket[]): number | null {
  const sorted = cumulative(buckets);
  const last = sorted.at(-1);
  const highest = sorted.at(-2);
  if (last?.upperBound !== Number.POSITIVE_INFINITY || highest === undefined) return null;
  if (!(last.count > 0) || !(q >= 0 && q <= 1)) return null;
  const rank = q * last.count;
  const found = sorted.findIndex((bucket) => bucket.count >= rank);
  const index = found < 0 ? sorted.length - 1 : found;
  const bucket = sorted[index];
  if (bucket === undefined || index === sorted.length - 1) return highest.upperBound;
  const below = sorted[index - 1];
  if (below === undefined && bucket.upperBound <= 0) return bucket.upperBound;
  const start = below?.upperBound ?? 0;
  const inBucket = bucket.count - (below?.count ?? 0);
  const value = start + (bucket.upperBound - start) * ((rank - (below?.count ?? 0)) / inBucket);
  return Number.isFinite(value) ? value : null;
}

/** Ascending, one per bound, never falling: rates of neighbouring buckets may disagree by a rounding error. */
function cumulative(buckets: readonly Bucket[]): Bucket[] {
  const byBound = new Map<number, number>();
  for (const { upperBound: bound, count } of buckets) byBound.set(bound, (byBound.get(bound) ?? 0) + count);
  const sorted = [...byBound].sort((a, b) => a[0] - b[0]);
  let most = Number.NEGATIVE_INFINITY;
  return sorted.map(([bound, count]) => {
    most = Math.max(most, count);
    return { upperBound: bound, count: most };
  });
}
