import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, fromWeights, moveDivider, type Portion, setLocked, setPercent, toWeights } from "./weights";

const backends = fc
  .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 2 })
  .chain((services) =>
    fc.tuple(...services.map((service) => fc.record({ service: fc.constant(service), weight: fc.nat(1000) }))),
  );
const sum = (portions: readonly Portion[]) => portions.reduce((all, portion) => all + portion.percent, 0);

describe("a split's percentages", () => {
  it("always sum to 100, whatever is moved, typed or locked", () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("set" as const), at: fc.nat(4), by: fc.integer({ min: -50, max: 150 }) }),
      fc.record({ do: fc.constant("move" as const), at: fc.nat(3), by: fc.integer({ min: -150, max: 150 }) }),
      fc.record({ do: fc.constant("lock" as const), at: fc.nat(4), by: fc.nat(1) }),
    );
    fc.assert(
      fc.property(backends, fc.array(step, { maxLength: 20 }), (before, steps) => {
        let portions: Portion[] = fromWeights(before);
        for (const one of steps) {
          const locked = portions.map((portion) => (portion.locked ? portion.percent : null));
          if (one.do === "set") portions = setPercent(portions, one.at, one.by);
          if (one.do === "move") portions = moveDivider(portions, one.at, one.by);
          expect(portions.every((portion, at) => locked[at] === null || locked[at] === portion.percent)).toBe(true);
          if (one.do === "lock") portions = setLocked(portions, one.at, one.by === 1);
          expect(sum(portions)).toBe(100);
          expect(portions.every((portion) => portion.percent >= 0 && Number.isInteger(portion.percent))).toBe(true);
        }
      }),
    );
  });

  it("moves only the neighbours of a divider", () => {
    const portions = fromWeights([
      { service: "a", weight: 50 },
      { service: "b", weight: 30 },
      { service: "c", weight: 20 },
    ]);
    expect(moveDivider(portions, 0, 10).map((portion) => portion.percent)).toEqual([60, 20, 20]);
    expect(moveDivider(portions, 0, 99).map((portion) => portion.percent)).toEqual([80, 0, 20]);
    expect(moveDivider(setLocked(portions, 1, true), 0, 10).map((portion) => portion.percent)).toEqual([60, 30, 10]);
  });

  it("keeps the object's scale where it can say the same, and writes percentages where it cannot", () => {
    const before = [
      { service: "a", weight: 1 },
      { service: "b", weight: 3 },
    ];
    expect(toWeights(setPercent(fromWeights(before), 0, 50), before).map((one) => one.weight)).toEqual([2, 2]);
    expect(toWeights(setPercent(fromWeights(before), 0, 90), before).map((one) => one.weight)).toEqual([90, 10]);
  });

  it("shares equally when every weight is 0", () => {
    expect(apportion(100, [0, 0, 0])).toEqual([34, 33, 33]);
  });
});
