import { expect, test } from "vitest";
import { ageText } from "./age-text";

test.each([
  [0, "now"],
  [12_900, "12 s ago"],
  [119_000, "1 min ago"],
  [-3 * 3_600_000, "in 3 h"],
  [50 * 3_600_000, "2 d ago"],
])("%i ms", (ageMs, text) => {
  expect(ageText(1e12 - ageMs, 1e12)).toBe(text);
});
