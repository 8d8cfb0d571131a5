import { describe, expect, it } from "vitest";
import { LATENCY_BOUNDS_MS } from "./latency-bounds";
import { type Bucket, quantiles } from "./quantile";

/** The share of calls that take at most so many milliseconds. */
type Share = (ms: number) => number;

const SHARES = [0.5, 0.95, 0.99];
const MEDIANS_MS = Array.from({ length: 50 }, (_, index) => 3 * 1.12 ** index).filter((ms) => ms < 700);
const MOST_MS = 2_000;

/** The sidecars' bounds stand for the round number a thousandth above them: what is counted under one is under the other. */
function histogram(share: Share): Bucket[] {
  const counted = LATENCY_BOUNDS_MS.map((bound) => ({ upperBound: bound, count: share(bound / 0.999) }));
  return [...counted, { upperBound: Number.POSITIVE_INFINITY, count: 1 }];
}

/** Where a share is reached, by halving. */
function reached(share: Share, q: number): number {
  let [low, high] = [0, 1e6];
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (share(middle) < q) low = middle;
    else high = middle;
  }
  return high;
}

/** Abramowitz and Stegun 7.1.26: to seven digits. */
function normal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const factors = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const error = 1 - factors.reduce((sum, factor) => sum * t + factor, 0) * t * Math.exp(-x * x);
  return (1 + Math.sign(z) * error) / 2;
}

const logNormal =
  (medianMs: number, sigma: number): Share =>
  (ms) =>
    ms > 0 ? normal(Math.log(ms / medianMs) / sigma) : 0;
const exponential =
  (medianMs: number): Share =>
  (ms) =>
    1 - 2 ** (-ms / medianMs);
/** Nine of ten calls quick, one five times as slow. */
const twoPaths =
  (medianMs: number): Share =>
  (ms) =>
    0.9 * logNormal(medianMs, 0.4)(ms) + 0.1 * logNormal(5 * medianMs, 0.4)(ms);

describe("percentiles out of the sidecars' histograms", () => {
  it.each<[string, (medianMs: number) => Share, number]>([
    ["exponential", exponential, 0.02],
    ["log-normal, wide", (medianMs) => logNormal(medianMs, 1.2), 0.02],
    ["log-normal", (medianMs) => logNormal(medianMs, 0.5), 0.02],
    ["log-normal, narrow", (medianMs) => logNormal(medianMs, 0.3), 0.04],
    ["of a quick and a slow path", twoPaths, 0.02],
  ])("are as good as they have to be of loads that are %s", (_name, load, most) => {
    const worst = Math.max(
      ...MEDIANS_MS.flatMap((medianMs) => {
        const share = load(medianMs);
        const shown = quantiles(SHARES, histogram(share));
        return SHARES.map((q, index) => {
          const truth = reached(share, q);
          return truth > MOST_MS ? 0 : Math.abs((shown[index] ?? 0) / truth - 1);
        });
      }),
    );
    expect(worst).toBeLessThan(most);
  });

  it("are cut where Envoy's bins of two digits end", () => {
    for (const bound of LATENCY_BOUNDS_MS) {
      const round = Math.round(bound / 0.999);
      expect(round % 10 ** Math.max(0, String(round).length - 2), String(round)).toBe(0);
    }
  });
});
