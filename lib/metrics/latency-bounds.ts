/**
 * Where the sidecars' histograms of request times are cut, in milliseconds. Envoy's own twenty bounds reach an hour, and
 * every edge of every pod carries each: what answers after ten seconds is late, however late. Below, they are closer.
 */
export const LATENCY_BOUNDS_MS: readonly number[] = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];
