import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toTheEnd } from "@/lib/time/steps";
import { FRAME_VALUES, frameCode, ONE_CODE, packCodes, UNKNOWN_CODE, unpackCodes, VARYING_CODE } from "./frame-codes";

const decoded = (value: number) => FRAME_VALUES[frameCode(value)] ?? Number.NaN;

describe("frameCode", () => {
  it("keeps nothing, one and unknown", () => {
    expect(decoded(0)).toBe(0);
    expect(decoded(1)).toBe(1);
    expect(frameCode(1)).toBe(ONE_CODE);
    expect(decoded(Number.NaN)).toBeNaN();
    expect(frameCode(Number.NaN)).toBe(UNKNOWN_CODE);
  });

  it("is within 0.03 % of any figure of a mesh, and never falls where figures grow", () => {
    const figure = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(figure, figure, (a, b) => {
        expect(Math.abs(decoded(a) - a)).toBeLessThanOrEqual(a * 3e-4);
        if (a <= b) expect(frameCode(a)).toBeLessThanOrEqual(frameCode(b));
      }),
    );
  });

  it("makes nothing of nothing only, and one of no less than one", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }), (share) => {
        expect(decoded(share)).toBeGreaterThan(0);
        expect(decoded(share)).toBeLessThan(1);
      }),
    );
    expect(frameCode(Number.MAX_VALUE)).toBeLessThan(VARYING_CODE);
  });
});

describe("packCodes", () => {
  it.each([0, 1, 5, 0x4000, 0x4001, 100_000])("is undone by unpackCodes for %d codes", (count) => {
    const codes = Uint16Array.from({ length: count }, (_, index) => (index * 40_503) & 0xffff);
    const read = unpackCodes(toTheEnd(packCodes(codes)), count);
    expect(read.length).toBe(count);
    expect(read.every((code, index) => code === codes[index])).toBe(true);
  });

  it("refuses a text of another length", () => {
    expect(() => unpackCodes(toTheEnd(packCodes(new Uint16Array(3))), 4)).toThrow(RangeError);
  });
});
