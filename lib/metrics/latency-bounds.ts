/** Milliseconds people think in; no further apart than a half of where they lie up to 500 ms. */
const ROUND_MS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000, 2500, 5000, 10_000];

/**
 * Where the sidecars' histograms of request times are cut, in milliseconds. Envoy's own twenty bounds reach an hour, and
 * every edge of every pod carries each: what answers after ten seconds is late, however late. Below, they are closer: a
 * percentile is as good as its bucket is narrow.
 *
 * Each is a thousandth below a round number. Envoy keeps whole milliseconds in bins of two digits (150 to 159, 160 to 169)
 * and counts under a bound the whole bin the bound lies in: at 150 that would be what took up to 160, which makes every
 * percentile a tenth too low.
 */
export const LATENCY_BOUNDS_MS: readonly number[] = ROUND_MS.map((bound) => Math.round(bound * 999) / 1000);
