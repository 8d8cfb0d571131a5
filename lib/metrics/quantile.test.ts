import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantile, quantiles, upperBound } from "./quantile";

const buckets = (...counts: readonly (readonly [number, number])[]) =>
  counts.map(([bound, count]) => ({ upperBound: bound, count }));
const INF = Number.POSITIVE_INFINITY;

/** Ascending bounds from a millisecond on, the last +Inf, with what each bucket has of its own. */
const histograms = fc
  .array(fc.record({ wider: fc.double({ min: 1.01, max: 20, noNaN: true }), own: fc.nat(1000) }), {
    minLength: 2,
    maxLength: 12,
  })
  .map((parts) => {
    let [bound, total] = [1, 0];
    return parts.map(({ wider, own }, index) => {
      bound *= wider;
      total += own;
      return { upperBound: index === parts.length - 1 ? INF : bound, count: total };
    });
  })
  .filter((list) => (list.at(-1)?.count ?? 0) > 0);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("quantile", () => {
  it("is the bound where a rank ends a bucket, and straight from nothing to the first bound", () => {
    expect(quantile(0.5, buckets([1, 0], [5, 10], [10, 20], [INF, 20]))).toBe(5);
    expect(quantile(1, buckets([1, 0], [5, 10], [10, 20], [INF, 20]))).toBe(10);
    expect(quantile(0.5, buckets([4, 8], [INF, 8]))).toBe(2);
  });

  it("bends with the neighbours: nearer to the side where more is", () => {
    const falling = quantile(0.8, buckets([1, 0], [10, 60], [100, 95], [1000, 100], [INF, 100])) ?? 0;
    const rising = quantile(0.2, buckets([1, 0], [10, 5], [100, 40], [1000, 100], [INF, 100])) ?? 0;
    expect(falling).toBeGreaterThan(10);
    expect(falling).toBeLessThan(10 * 10 ** (20 / 35));
    expect(rising).toBeGreaterThan(10 * 10 ** (15 / 35));
    expect(rising).toBeLessThan(100);
  });

  it("is in the middle, as factors go, of a bucket that has all", () => {
    expect(quantile(0.5, buckets([10, 0], [40, 7], [160, 7], [INF, 7]))).toBeCloseTo(20, 9);
    expect(quantile(0.01, buckets([10, 0], [40, 7], [160, 7], [INF, 7]))).toBeGreaterThan(10);
    expect(quantile(0.99, buckets([10, 0], [40, 7], [160, 7], [INF, 7]))).toBeLessThan(40);
  });

  it("answers the highest finite bound for a rank beyond it", () => {
    expect(quantile(0.99, buckets([1, 1], [5, 2], [INF, 100]))).toBe(5);
    expect(quantile(0.5, buckets([5, 0], [INF, 100]))).toBe(5);
  });

  it("begins where the observations do", () => {
    expect(quantile(0, buckets([1, 0], [5, 10], [INF, 10]))).toBe(1);
    expect(quantile(0, buckets([1, 0], [INF, 1]))).toBe(1);
  });

  it("has no value without observations, without +Inf, with one bucket or for what is no share", () => {
    expect(quantile(0.5, buckets([1, 0], [INF, 0]))).toBeNull();
    expect(quantile(0.5, buckets([1, 3], [5, 4]))).toBeNull();
    expect(quantile(0.5, buckets([INF, 4]))).toBeNull();
    expect(quantile(0.5, [])).toBeNull();
    for (const q of [Number.NaN, -0.1, 1.1]) expect(quantile(q, buckets([1, 3], [INF, 4]))).toBeNull();
  });

  it("counts what fell back between two reads as not grown, and what is no number as nothing", () => {
    const list = buckets([1, 0], [5, 10], [10, 20], [INF, 20]);
    const torn = list.map((one) => (one.upperBound === 10 ? { ...one, count: 9.9 } : one));
    expect(quantile(0.4, torn)).toBe(quantile(0.4, buckets([1, 0], [5, 10], [10, 10], [INF, 20])));
    const lost = list.map((one) => (one.upperBound === 1 ? { ...one, count: Number.NaN } : one));
    expect(quantile(0.4, lost)).toBe(quantile(0.4, list));
  });

  it("draws where a bound is no time: straight", () => {
    expect(quantile(0.5, buckets([-1, 0], [0, 0], [8, 10], [INF, 10]))).toBe(4);
    expect(quantile(0.5, buckets([0, 10], [INF, 10]))).toBe(0);
  });

  it("never falls as q grows, in any order of the buckets", () => {
    fc.assert(
      fc.property(histograms, share, share, (list, one, other) => {
        const [low, high] = quantiles([Math.min(one, other), Math.max(one, other)], [...list].reverse());
        expect(low ?? Number.NaN).toBeLessThanOrEqual((high ?? Number.NaN) * (1 + 1e-9));
      }),
    );
  });

  it("never leaves the bucket it falls in", () => {
    fc.assert(
      fc.property(histograms, share, (list, q) => {
        const value = quantile(q, list) ?? Number.NaN;
        const rank = q * (list.at(-1)?.count ?? 0);
        const index = list.findIndex(({ count }) => count >= rank && count > 0);
        const last = list.length - 2;
        expect(value).toBeGreaterThanOrEqual(index > 0 ? (list[Math.min(index, last + 1) - 1]?.upperBound ?? 0) : 0);
        expect(value).toBeLessThanOrEqual(list[Math.min(index, last)]?.upperBound ?? INF);
      }),
    );
  });

  it("reads bounds", () => {
    expect(upperBound("+Inf")).toBe(INF);
    expect(upperBound("0.5")).toBe(0.5);
    expect(upperBound("")).toBeNull();
    expect(upperBound("wide")).toBeNull();
  });
});
