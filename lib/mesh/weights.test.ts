import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeWeights } from "./weights";

describe("wholeWeights", () => {
  it.each([
    [
      [90, 10],
      [90, 10],
    ],
    [
      [0.5, 1],
      [500, 1000],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [[], []],
    [
      [0.0001, 1],
      [1, 1000],
    ],
  ])("%j becomes %j", (weights, expected) => {
    expect(wholeWeights(weights)).toEqual(expected);
  });

  it("keeps them whole, below 2^32 together, and above 0 where they were", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }), { maxLength: 8 }), (weights) => {
        const whole = wholeWeights(weights);
        expect(whole.every(Number.isInteger)).toBe(true);
        expect(whole.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(2 ** 32);
        expect(whole.map((weight) => weight > 0)).toEqual(weights.map((weight) => weight > 0));
      }),
    );
  });
});
