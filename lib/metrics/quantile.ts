/**
 * Quantiles of a histogram of cumulative buckets: of every mesh, and wherever the dashboard shows one. Where the counts of
 * neighbours say how the observations thin out, a straight line through a bucket would be off by up to a tenth.
 */
import { cubicReaches, type Stretch, slopeBetween } from "./monotone-cubic";

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
 * The value under which a share `q` (0 to 1) of the observations lies. Buckets in any order; those of one bound are added
 * up. null without observations, without a +Inf bucket or with fewer than two buckets. A rank in the last bucket answers
 * the highest finite bound: more is not known.
 */
export function quantile(q: number, buckets: readonly Bucket[]): number | null {
  return quantiles([q], buckets)[0] ?? null;
}

/** quantile for several shares, in their order. */
export function quantiles(shares: readonly number[], buckets: readonly Bucket[]): readonly (number | null)[] {
  const { bounds, counts } = cumulative(buckets);
  const measured = new Bounds(bounds);
  return shares.map((q) => sortedQuantile(q, measured, counts));
}

/** Upper bounds of buckets, ascending and each once; for as many histograms as have the same. */
export class Bounds {
  /** Over the logarithm, each worked out when it is first asked for. */
  readonly #lengths: (number | undefined)[];

  constructor(readonly uppers: readonly number[]) {
    this.#lengths = uppers.map(() => undefined);
  }

  /** How long bucket `index` is over the logarithm of its bounds: endless where nothing has one. */
  lengthOf(index: number): number {
    const known = this.#lengths[index];
    if (known !== undefined) return known;
    const start = index === 0 ? 0 : (this.uppers[index - 1] ?? 0);
    const length = start > 0 ? Math.log((this.uppers[index] ?? 0) / start) : Number.POSITIVE_INFINITY;
    this.#lengths[index] = length;
    return length;
  }
}

/**
 * quantile of buckets that are in order: one count for each bound, cumulative and never falling. For those who ask thousands
 * of histograms of one shape.
 */
export function sortedQuantile(q: number, measured: Bounds, counts: ArrayLike<number>): number | null {
  const bounds = measured.uppers;
  const last = bounds.length - 1;
  const total = counts[last] ?? 0;
  if (last < 1 || bounds[last] !== Number.POSITIVE_INFINITY) return null;
  if (!(total > 0) || !(q >= 0 && q <= 1)) return null;
  // The share 0 lies where the first observations do, not in an empty bucket before them.
  const rank = Math.max(q * total, Number.MIN_VALUE);
  let index = 0;
  while (index < last && (counts[index] ?? 0) < rank) index += 1;
  const bound = bounds[index] ?? 0;
  if (index === last) return bounds[last - 1] ?? null;
  if (index === 0 && bound <= 0) return bound;
  const start = index === 0 ? 0 : (bounds[index - 1] ?? 0);
  const below = index === 0 ? 0 : (counts[index - 1] ?? 0);
  const height = (rank - below) / ((counts[index] ?? 0) - below);
  // Nothing has a logarithm at 0 or below it.
  if (!(start > 0)) return start + (bound - start) * height;
  return Math.min(bound, Math.max(start, within({ bounds: measured, counts }, index, height)));
}

interface Columns {
  readonly bounds: Bounds;
  readonly counts: ArrayLike<number>;
}

/**
 * Where in bucket `index` the share `height` (0 to 1) of its own observations lies. Latencies spread by factors, so the
 * curve of what is under a time is drawn over the time's logarithm.
 */
function within(columns: Columns, index: number, height: number): number {
  const own = stretch(columns, index);
  const steepness = own.length / own.rise;
  const [before, after] = [neighbour(columns, index - 1), neighbour(columns, index + 1)];
  // Where no neighbour can be drawn the curve ends as steep as the bucket is by itself.
  const starts = before === null ? 1 : slopeBetween(before, own) * steepness;
  const ends = after === null ? 1 : slopeBetween(own, after) * steepness;
  return (columns.bounds.uppers[index - 1] ?? 0) * Math.exp(own.length * cubicReaches(height, starts, ends));
}

/** null: it has no length or an endless one, and observations; one that is empty is flat however long it is. */
function neighbour(columns: Columns, index: number): Stretch | null {
  const next = stretch(columns, index);
  if (next.rise === 0) return { length: 1, rise: 0 };
  return Number.isFinite(next.length) ? next : null;
}

/** A bucket over the logarithm of its bounds. */
function stretch({ bounds, counts }: Columns, index: number): Stretch {
  const rise = (counts[index] ?? 0) - (index === 0 ? 0 : (counts[index - 1] ?? 0));
  return { length: bounds.lengthOf(index), rise };
}

/** Ascending, one per bound, never falling: buckets are not all read at one moment. What is no number counts for nothing. */
function cumulative(buckets: readonly Bucket[]): {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
} {
  const sorted = [...buckets].sort((a, b) => a.upperBound - b.upperBound);
  const bounds: number[] = [];
  const counts: number[] = [];
  for (const { upperBound: bound, count: given } of sorted) {
    const count = Number.isFinite(given) ? given : 0;
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
