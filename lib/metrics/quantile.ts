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
 * order; those of one bound are added up. null without observations, without a +Inf bucket or with fewer than two
 * buckets. A rank in the last bucket answers the highest finite bound: more is not known.
 */
export function quantile(q: number, buckets: readonly Bucket[]): number | null {
  return quantiles([q], buckets)[0] ?? null;
}

/** quantile for several shares, in their order. */
export function quantiles(shares: readonly number[], buckets: readonly Bucket[]): readonly (number | null)[] {
  const sorted = cumulative(buckets);
  return shares.map((q) => quantileOf(q, sorted));
}

function quantileOf(q: number, sorted: readonly Bucket[]): number | null {
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
function cumulative(buckets: readonly Bucket[]): readonly Bucket[] {
  const sorted = [...buckets].sort((a, b) => a.upperBound - b.upperBound);
  const merged: { upperBound: number; count: number }[] = [];
  for (const { upperBound: bound, count } of sorted) {
    const last = merged.at(-1);
    if (last?.upperBound === bound) last.count += count;
    else merged.push({ upperBound: bound, count });
  }
  for (const [index, bucket] of merged.entries()) {
    bucket.count = Math.max(bucket.count, merged[index - 1]?.count ?? bucket.count);
  }
  return merged;
}
