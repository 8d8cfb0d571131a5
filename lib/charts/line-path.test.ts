import { expect, test } from "vitest";
import { linePath } from "./line-path";

const box = { width: 30, height: 10, top: 10 };

test("a gap is a gap", () => {
  expect(linePath([0, 10, null, 5], box)).toBe("M0 11L10 1M30 6h0.1");
});
test("all zero lies on the ground, nothing draws nothing", () => {
  expect(linePath([0, 0], { ...box, top: 0 })).toBe("M0 11L30 11");
  expect(linePath([null, null], box)).toBe("");
});
