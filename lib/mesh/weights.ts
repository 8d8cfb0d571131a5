/** Weights as Envoy takes them: whole, and together below 2^32. */
const LIMIT = 2 ** 32 - 1;

/**
 * Keeps the proportions of `weights` (each 0 or more). Whole weights stay as they are; fractions, which quantities such
 * as 500m are, become thousandths. A weight above 0 stays above 0.
 */
export function wholeWeights(weights: readonly number[]): readonly number[] {
  const scaled = weights.every(Number.isInteger) ? weights : weights.map((weight) => weight * 1000);
  const largest = Math.max(0, ...scaled);
  // Halving the largest before adding up keeps sums of huge weights finite.
  const sum = largest > LIMIT ? Number.POSITIVE_INFINITY : scaled.reduce((total, weight) => total + weight, 0);
  const room = LIMIT - weights.length;
  const factor = sum <= room ? 1 : room / (largest * Math.max(1, weights.length));
  return scaled.map((weight) => (weight > 0 ? Math.max(1, Math.round(weight * factor)) : 0));
}
