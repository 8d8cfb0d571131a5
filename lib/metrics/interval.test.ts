import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wilsonInterval } from "./interval";

describe("wilsonInterval", () => {
  it("gives the textbook figures", () => {
    // 10 of 100: 5.52 % to 17.44 % (Wilson, without continuity correction).
    const interval = wilsonInterval(10, 100);
    expect(interval?.share).toBeCloseTo(0.1, 10);
    expect(interval?.low).toBeCloseTo(0.0552, 4);
    expect(interval?.high).toBeCloseTo(0.1744, 4);
  });

  it("knows nothing without trials", () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonInterval(1, Number.NaN)).toBeNull();
  });

  it("is unsure after few trials, even if all of them went one way", () => {
    expect(wilsonInterval(3, 3)).toEqual({ share: 1, low: expect.closeTo(0.4385, 3), high: 1 });
    expect(wilsonInterval(0, 3)?.low).toBe(0);
  });

  it("always holds the share and stays within 0 and 1", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (a, b) => {
          const interval = wilsonInterval(Math.min(a, b), b);
          return (
            interval !== null &&
            interval.low >= 0 &&
            interval.low <= interval.share &&
            interval.share <= interval.high &&
            interval.high <= 1
          );
        },
      ),
    );
  });

  it("narrows with more trials", () => {
    const width = (trials: number) => {
      const interval = wilsonInterval(trials / 2, trials);
      return interval ? interval.high - interval.low : 1;
    };
    expect(width(1000)).toBeLessThan(width(100));
    expect(width(100)).toBeLessThan(width(10));
  });
});
