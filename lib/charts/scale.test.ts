import { expect, test } from "vitest";
import { nearestIndex, niceTop, topOf } from "./scale";

test.each([
  [0, 1],
  [0.3, 0.5],
  [1, 1],
  [23, 25],
  [26, 50],
  [0.0021, 0.0025],
])("the axis of %d ends at %d", (largest, top) => {
  expect(niceTop(largest)).toBe(top);
});
test("finds the nearest time", () => {
  expect(nearestIndex([10, 20, 30], 24)).toBe(1);
  expect(nearestIndex([10, 20, 30], 99)).toBe(2);
  expect(nearestIndex([], 5)).toBe(-1);
});
test.each([
  ["bytes", 3000, 5 * 1024],
  ["bytes-per-second", 900, 1024],
  ["bytes", 70 * 1024 * 1024, 100 * 1024 * 1024],
  ["ratio", 0.5, 1],
  ["ratio", 0.02, 0.02],
  ["ms", 26, 50],
] as const)("the axis of %s up to %d ends at %d", (unit, largest, top) => {
  expect(topOf(unit, largest)).toBe(top);
});
