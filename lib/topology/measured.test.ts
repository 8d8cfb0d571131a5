import { expect, test } from "vitest";
import { isMeasured } from "./measured";

test.each([
  ["nothing is missing", [], true],
  ["the store is away and never answered", [{ part: "metrics", lastGoodAt: null }], false],
  ["the store is away, its last figures stand", [{ part: "metrics", lastGoodAt: 1 }], true],
  ["only the controller is away", [{ part: "controller", lastGoodAt: null }], true],
] as const)("%s", (_, partial, measured) => {
  expect(isMeasured(partial)).toBe(measured);
});
