import { expect, test } from "vitest";
import { type CellPlace, stepBy } from "./cell-steps";

const filled = ({ row, column }: CellPlace) => row === 5 && (column === 2 || column === 150);
const size = { rows: 300, columns: 200, pageRows: 17, filled };
const at = { row: 5, column: 10 };
const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false });

test.each([
  ["ArrowUp", false, { row: 4, column: 10 }],
  ["ArrowRight", false, { row: 5, column: 11 }],
  ["PageDown", false, { row: 22, column: 10 }],
  ["PageUp", false, { row: 0, column: 10 }],
  ["Home", false, { row: 5, column: 0 }],
  ["End", false, { row: 5, column: 199 }],
  ["ArrowRight", true, { row: 5, column: 150 }],
  ["ArrowLeft", true, { row: 5, column: 2 }],
  ["ArrowDown", true, at],
  ["Home", true, { row: 0, column: 0 }],
  ["End", true, { row: 299, column: 199 }],
])("%s (Ctrl: %s) leads to %o", (name, ctrl, to) => {
  expect(stepBy(key(name, ctrl), at, size)).toEqual(to);
});

test("at an edge one stays, and other keys do not move", () => {
  expect(stepBy(key("ArrowDown"), { row: 299, column: 0 }, size)).toEqual({ row: 299, column: 0 });
  expect(stepBy(key("PageDown"), { row: 290, column: 0 }, size)).toEqual({ row: 299, column: 0 });
  expect(stepBy(key("Enter"), at, size)).toBeNull();
  expect(stepBy({ ...key("ArrowLeft"), altKey: true }, at, size)).toBeNull();
});
