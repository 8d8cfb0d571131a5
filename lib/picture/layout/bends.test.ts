import { expect, test } from "vitest";
import { bends } from "./bends";

const places = new Map([
  ["a", { x: 0, y: 0 }],
  ["b", { x: 200, y: 10 }],
  ["c", { x: 400, y: 0 }],
]);

test("a line goes around a node in its way, away from it", () => {
  const [bend] = bends([{ id: "e", from: "a", to: "c" }], places).values();
  expect(bend).toBeLessThan(-40);
});
test("a line to a neighbour is straight, lines there and back go apart", () => {
  expect(bends([{ id: "e", from: "a", to: "b" }], places).size).toBe(0);
  const both = bends(
    [
      { id: "e", from: "a", to: "b" },
      { id: "f", from: "b", to: "a" },
    ],
    places,
  );
  expect([...both.values()]).toEqual([36, 36]);
});
