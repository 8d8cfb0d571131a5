import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BoundColumns, Histogram } from "./histograms";
import { quantiles, upperBound } from "./quantile";

const SHARES = [0, 0.5, 0.95, 0.99, 1];
const TEXTS = ["1", "1.0", "5", "10", "+Inf", "20", "0.5"];

describe("Histogram", () => {
  it("answers to the last digit what quantiles of its buckets do, whatever bounds each has and in whatever order they came", () => {
    const rows = fc.array(
      fc.record({ of: fc.nat(2), le: fc.constantFrom(...TEXTS), count: fc.double({ min: 0, max: 1e6, noNaN: true }) }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(rows, (list) => {
        const columns = new BoundColumns();
        const histograms = [0, 1, 2].map(() => new Histogram(columns));
        for (const { of, le, count } of list) histograms[of]?.add(columns.of(le) ?? -1, count);
        histograms.forEach((histogram, index) => {
          const own = list.filter(({ of }) => of === index);
          const buckets = own.map(({ le, count }) => ({ upperBound: upperBound(le) ?? Number.NaN, count }));
          expect(histogram.quantiles(SHARES)).toEqual(quantiles(SHARES, buckets));
        });
      }),
    );
  });

  it("keeps no column for what is no bound", () => {
    const columns = new BoundColumns();
    expect([columns.of("wide"), columns.of(""), columns.of("5"), columns.of("+Inf")]).toEqual([null, null, 0, 1]);
    expect(columns.of("5.0")).toBe(0);
  });
});
