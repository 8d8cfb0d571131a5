import { expect, test } from "vitest";
import { foldedNode } from "@/test/fixtures/folded-picture";
import { insideStatus, nodeStatus } from "./status";

const calls = (counts: Partial<{ failing: number; degraded: number; denied: number }>) => ({
  inside: { total: 31, failing: 0, degraded: 0, denied: 0, ...counts },
});

test("a folded group is judged by all it received: one that fails of hundreds does not make it red", () => {
  expect(nodeStatus(foldedNode("a", { failing: 1, degraded: 3, ...calls({ failing: 2 }) }))).toBe("healthy");
  expect(nodeStatus(foldedNode("a", { failing: 1 }, 0.02))).toBe("degraded");
  expect(nodeStatus(foldedNode("a", {}, 0.2))).toBe("failing");
});

test("half of what is in it not being well makes the group so, whatever its calls say", () => {
  expect(nodeStatus(foldedNode("a", { total: 4, failing: 2 }))).toBe("failing");
  expect(nodeStatus(foldedNode("a", { total: 4, failing: 1, degraded: 1 }))).toBe("degraded");
  expect(nodeStatus(foldedNode("a", { total: 0 }))).toBe("healthy");
});

test("what in it is not well is said all the same, the gravest with its count", () => {
  expect(insideStatus(foldedNode("a", { failing: 1, degraded: 3 }).folded ?? never())?.text).toBe("1 of 15 failing");
  expect(insideStatus(foldedNode("a", { degraded: 3, ...calls({ denied: 2 }) }).folded ?? never())).toEqual({
    status: "denied",
    text: "2 of 31 calls denied",
  });
  expect(insideStatus(foldedNode("a", { degraded: 3 }).folded ?? never())?.text).toBe("3 of 15 degraded");
  expect(insideStatus(foldedNode("a").folded ?? never())).toBeNull();
  const only = foldedNode("a", { inside: { total: 1, failing: 1, degraded: 0, denied: 0 } });
  expect(insideStatus(only.folded ?? never())?.text).toBe("1 of 1 call failing");
});

function never(): never {
  throw new Error("not folded");
}
