import { expect, test } from "vitest";
import { type Column, sortRows } from "./table";

const columns: readonly Column<{ name: string; rate: number | null }>[] = [
  { id: "name", header: "Name", cell: (row) => row.name, sortBy: (row) => row.name },
  { id: "rate", header: "Rate", cell: (row) => row.rate, sortBy: (row) => row.rate },
];
const rows = [
  { name: "b-10", rate: null },
  { name: "b-9", rate: 2 },
  { name: "a", rate: 5 },
];
const names = (sort: Parameters<typeof sortRows>[2]) => sortRows(rows, columns, sort).map((row) => row.name);

test("numbers within names count as numbers", () => {
  expect(names({ column: "name", descending: false })).toEqual(["a", "b-9", "b-10"]);
});
test("what is unknown stays last in both directions", () => {
  expect(names({ column: "rate", descending: false })).toEqual(["b-9", "a", "b-10"]);
  expect(names({ column: "rate", descending: true })).toEqual(["a", "b-9", "b-10"]);
});
test("no sort keeps the order", () => {
  expect(names(null)).toEqual(["b-10", "b-9", "a"]);
});
test("rows that tie are in the order of the first column, whichever way the chosen one goes", () => {
  const tied = ["ns-10", "ns-2", "ns-1"].map((name) => ({ name, rate: 1 }));
  for (const descending of [false, true]) {
    const sorted = sortRows(tied, columns, { column: "rate", descending });
    expect(sorted.map((row) => row.name)).toEqual(["ns-1", "ns-2", "ns-10"]);
  }
});
