import { expect, test } from "vitest";
import { nearestIndex, niceTop } from "./scale";

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
