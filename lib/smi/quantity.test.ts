import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatQuantity, parseQuantity } from "./quantity";

describe("quantities", () => {
  it.each([
    ["500m", 0.5],
    ["1000m", 1],
    ["1", 1],
    [1, 1],
    ["2k", 2000],
    ["1Ki", 1024],
    ["1e3", 1000],
    ["1.5", 1.5],
    [".5", 0.5],
    ["100n", 1e-7],
    ["-1", -1],
  ])("%s is %d", (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(["", "m", "1 m", "1mm", "one", "1e", null, undefined, true, Number.NaN, Number.POSITIVE_INFINITY])(
    "%s is none",
    (text) => {
      expect(parseQuantity(text)).toBeNull();
    },
  );

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.nat(),
          fc.nat().map((parts) => parts / 1000),
          fc.double({ min: 0, max: 1e12, noNaN: true }),
        ),
        (value) => {
          expect(parseQuantity(formatQuantity(value))).toBe(value);
        },
      ),
    );
  });
});
