import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toTheEnd } from "@/lib/time/steps";
import { jsonSteps } from "./json-steps";

const written = (value: object) => toTheEnd(jsonSteps(value)).toString("utf8");

describe("jsonSteps", () => {
  it("writes what JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.object({ withBigInt: false, withDate: true, withNullPrototype: true }), (value) => {
        expect(written(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([499, 500, 501, 1_000, 1_201])("writes a list of %i rows", (count) => {
    const rows = Array.from({ length: count }, (_, index) => ({ name: `ü"${index}`, left: undefined, none: null }));
    const value = { about: { rows, empty: [] }, rows };
    expect(written(value)).toBe(JSON.stringify(value));
  });

  it("lets others in between", () => {
    const steps = jsonSteps({ rows: Array.from({ length: 5_000 }, (_, index) => index) });
    let pauses = 0;
    while (!steps.next().done) pauses += 1;
    expect(pauses).toBeGreaterThanOrEqual(10);
  });
});
