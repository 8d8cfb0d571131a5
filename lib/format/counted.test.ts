import { expect, test } from "vitest";
import { counted } from "./counted";

test("one is singular, none and several are plural", () => {
  expect([0, 1, 2].map((count) => counted(count, "node"))).toEqual(["0 nodes", "1 node", "2 nodes"]);
  expect(counted(2, "query", "queries")).toBe("2 queries");
});
