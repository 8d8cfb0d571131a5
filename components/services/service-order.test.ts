import { expect, test } from "vitest";
import { readPage, readSort, sortText } from "./service-order";

const columns = [{ id: "state", sortBy: () => 1 }, { id: "requests", sortBy: () => 1 }, { id: "identities" }];
const first = { column: "state", descending: true };

test("the order of the URL, and what needs a person first without one", () => {
  expect(readSort(null, columns)).toEqual(first);
  expect(readSort("-requests", columns)).toEqual({ column: "requests", descending: true });
  expect(readSort("requests", columns)).toEqual({ column: "requests", descending: false });
  expect(readSort("identities", columns)).toEqual(first);
  expect(readSort("-", columns)).toEqual(first);
  expect(sortText(first)).toBeNull();
  for (const text of ["requests", "-requests"]) expect(sortText(readSort(text, columns))).toBe(text);
});

test("the page of the URL", () => {
  expect([null, "0", "-1", "x", "3", "1e9"].map(readPage)).toEqual([1, 1, 1, 1, 3, 1]);
});
