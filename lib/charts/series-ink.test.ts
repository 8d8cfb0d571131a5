import { expect, test } from "vitest";
import { seriesInk } from "./series-ink";

test("a name has one colour, and versions of it differ", () => {
  expect(seriesInk("bookstore-v1")).toBe(seriesInk("bookstore/bookstore-v1"));
  expect(new Set(["bookstore-v1", "bookstore-v2", "bookstore-v3", "bookstore"].map(seriesInk)).size).toBe(4);
  expect(seriesInk("anything")).toMatch(/^var\(--color-s[1-8]\)$/);
});
