import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantile, upperBound } from "./quantile";

const buckets = (...counts: readonly (readonly [number, number])[]) =>
  counts.map(([bound, count]) => ({ upperBound: bound, count }));
const INF = Number.POSITIVE_INFINITY;

describe("quantile", () => {
  it("interpolates inside the bucket the rank falls in", () => {
    expect(quantile(0.5, buckets([1, 0], [5, 10], [10, 20], [INF, 20]))).toBe(5);
    expect(quantile(0.75, buckets([1, 0], [5, 10], [10, 20], [INF, 20]))).toBe(7.5);
    expect(quantile(0.5, buckets([4, 8], [INF, 8]))).toBe(2);
  });

  it("answers the highest finite bound for a rank beyond it", () => {
    expect(quantile(0.99, buckets([1, 1], [5, 2], [INF, 100]))).toBe(5);
  });

  it("begins where the observations do", () => {
    expect(quantile(0, buckets([1, 0], [5, 10], [INF, 10]))).toBe(1);
    expect(quantile(0, buckets([1, 0], [INF, 1]))).toBe(1);
  });

  it("has no value without observations, without +Inf or with one bucket", () => {
    expect(quantile(0.5, buckets([1, 0], [INF, 0]))).toBeNull();
    expect(quantile(0.5, buckets([1, 3], [5, 4]))).toBeNull();
    expect(quantile(0.5, buckets([INF, 4]))).toBeNull();
    expect(quantile(0.5, [])).toBeNull();
  });

  it("never falls as q grows, in any order of the buckets", () => {
    const counts = fc.array(fc.nat(1000), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), (increments, q) => {
        let total = 0;
        const list = increments.map((count, index) => {
          total += count;
          return { upperBound: index === increments.length - 1 ? INF : 2 ** index, count: total };
        });
        const low = quantile(q / 2, list);
        const high = quantile(q, [...list].reverse());
        if (low === null || high === null) expect(total).toBe(0);
        else expect(low).toBeLessThanOrEqual(high + 1e-9);
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
