/** Milliseconds with two digits; from 5 ms to two seconds each is at most half as much again as the one before. */
const ROUND_MS = [
  1, 2, 3, 5, 7, 10, 14, 20, 28, 40, 55, 75, 100, 140, 200, 280, 400, 550, 750, 1000, 1400, 2000, 3000, 5000, 10_000,
];

/**
 * Where the sidecars' histograms of request times are cut, in milliseconds. Envoy's own twenty bounds reach an hour, and
 * every edge of every pod carries each: what answers after ten seconds is late, however late. Below, they are as close as
 * it takes for a 99th percentile within 5 % (latency-bounds.test.ts).
 *
 * Each is a thousandth below a round number. Envoy keeps whole milliseconds in bins of two digits (150 to 159, 160 to 169)
 * and counts under a bound the whole bin the bound lies in: at 150 that would be what took up to 160, which makes every
 * percentile a tenth too low.
 */
export const LATENCY_BOUNDS_MS: readonly number[] = ROUND_MS.map((bound) => Math.round(bound * 999) / 1000);
