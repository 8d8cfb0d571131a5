/** Weights as Envoy takes them: whole, and together below 2^32. */
const LIMIT = 2 ** 32 - 1;

/**
 * Keeps the proportions of `weights` (each 0 or more). Whole weights stay as they are; fractions, which quantities such
 * as 500m are, become thousandths. Weights that are too large are scaled down. A weight above 0 stays above 0.
 */
export function wholeWeights(weights: readonly number[]): readonly number[] {
  const unit = weights.every(Number.isInteger) ? 1 : 1000;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const largest = Math.max(0, ...weights);
  // Rounding up may add one to each.
  const room = LIMIT - weights.length;
  const scale =
    sum * unit <= room
      ? (weight: number) => weight * unit
      : (weight: number) => (weight / largest) * (room / weights.length);
  return weights.map((weight) => (weight > 0 ? Math.max(1, Math.round(scale(weight))) : 0));
}
