/**
 * Where the sidecars' histograms of request times are cut, in milliseconds. Envoy's own twenty bounds reach an hour, and
 * every edge of every pod carries each: what answers after ten seconds is late, however late. Below, they are closer: a percentile is as good as its bucket is narrow.
 */
export const LATENCY_BOUNDS_MS: readonly number[] = [
  ...[1, 2, 3, 5, 7.5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500],
  ...[1000, 2500, 5000, 10_000],
];
