import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bytesQuantity,
  formatCompact,
  formatCount,
  formatNumber,
  formatQuantity,
  millisecondsQuantity,
  percentQuantity,
  rateQuantity,
} from "./number";

it("counts are shown to the last one", () => {
  expect([0, 10, 1_000, 12_345].map(formatCount)).toEqual(["0", "10", "1,000", "12,345"]);
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [null, "–"],
    [Number.NaN, "–"],
    [Number.POSITIVE_INFINITY, "–"],
    [0.00123456, "0.00123"],
    [1.2345, "1.23"],
    [24, "24"],
    [1_234_567, "1,230,000"],
  ])("shows %s", (value, text) => expect(formatNumber(value)).toBe(text));

  it.each([
    [999, "999"],
    [999.9, "1k"],
    [12_345, "12.3k"],
    [1_500_000, "1.5M"],
    [null, "–"],
  ])("shortens %s", (value, text) => expect(formatCompact(value)).toBe(text));

  it("never shows more than three significant digits, nor NaN or an exponent", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12 }), (value) => {
        const digits = formatCompact(value).replace(/\D/g, "").replace(/^0+/, "").replace(/0+$/, "");
        expect(digits.length).toBeLessThanOrEqual(3);
        expect(formatNumber(value)).not.toMatch(/NaN|e|Infinity/);
      }),
    );
  });
});

describe("quantities", () => {
  it.each([
    [rateQuantity(24), "24/s"],
    [rateQuantity(0), "0/s"],
    [rateQuantity(null), "–"],
    [bytesQuantity(0), "0 B"],
    [bytesQuantity(1536), "1.5 KiB"],
    [bytesQuantity(1023.9), "1 KiB"],
    [millisecondsQuantity(0.25), "0.25 ms"],
    [millisecondsQuantity(999.9), "1 s"],
    [millisecondsQuantity(150_000), "2.5 min"],
    [percentQuantity(0), "0 %"],
    [percentQuantity(0.125), "12.5 %"],
    [percentQuantity(0.000001), "<0.01 %"],
    [percentQuantity(0.9996), "99.96 %"],
    [percentQuantity(0.999999), ">99.99 %"],
    [percentQuantity(1), "100 %"],
  ])("%o", (quantity, text) => expect(formatQuantity(quantity)).toBe(text));
});
