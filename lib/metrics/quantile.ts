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
  const { bounds, counts } = cumulative(buckets);
  return shares.map((q) => sortedQuantile(q, bounds, counts));
}

/**
 * quantile of buckets given as columns: bounds ascending and each once, counts cumulative and never falling. For those who
 * ask thousands of histograms of one shape.
 */
export function sortedQuantile(q: number, bounds: ArrayLike<number>, counts: ArrayLike<number>): number | null {
  const last = bounds.length - 1;
  const total = counts[last] ?? 0;
  if (last < 1 || bounds[last] !== Number.POSITIVE_INFINITY) return null;
  if (!(total > 0) || !(q >= 0 && q <= 1)) return null;
  // The share 0 lies where the first observations do, not in an empty bucket before them.
  const rank = Math.max(q * total, Number.MIN_VALUE);
  let index = 0;
  while (index < last && (counts[index] ?? 0) < rank) index += 1;
  if (index === last) return bounds[last - 1] ?? null;
  const bound = bounds[index] ?? 0;
  if (index === 0 && bound <= 0) return bound;
  const start = index === 0 ? 0 : (bounds[index - 1] ?? 0);
  const below = index === 0 ? 0 : (counts[index - 1] ?? 0);
  const value = start + (bound - start) * ((rank - below) / ((counts[index] ?? 0) - below));
  return Number.isFinite(value) ? value : null;
}

/** Ascending, one per bound, never falling: rates of neighbouring buckets may disagree by a rounding error. */
function cumulative(buckets: readonly Bucket[]): {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
} {
  const sorted = [...buckets].sort((a, b) => a.upperBound - b.upperBound);
  const bounds: number[] = [];
  const counts: number[] = [];
  for (const { upperBound: bound, count } of sorted) {
    const last = bounds.length - 1;
    if (bounds[last] === bound) counts[last] = (counts[last] ?? 0) + count;
    else {
      bounds.push(bound);
      counts.push(count);
    }
  }
  for (let index = 1; index < counts.length; index += 1) {
    counts[index] = Math.max(counts[index] ?? 0, counts[index - 1] ?? 0);
  }
  return { bounds, counts };
}
