import * as fc from "fast-check";
import { expect, it } from "vitest";
import { bestMatches, fuzzyScore } from "./fuzzy";

const NAMES = ["bookbuyer", "bookstore", "bookstore-v1", "bookstore-v2", "bookwarehouse", "stockdb", "go to splits"];
const found = (query: string) => bestMatches(NAMES, (name) => name, { query, most: 3 });

it("finds whole words first, then beginnings, then letters in order", () => {
  expect(found("bookstore")[0]).toBe("bookstore");
  expect(found("v2")).toEqual(["bookstore-v2"]);
  expect(found("store v1")).toEqual(["bookstore-v1"]);
  expect(found("bkw")[0]).toBe("bookwarehouse");
  expect(found("splits")).toEqual(["go to splits"]);
  expect(found("zebra")).toEqual([]);
  expect(found("")).toHaveLength(3);
  expect(found("  BOOKSTORE-V1 ")[0]).toBe("bookstore-v1");
});

it("finds every text by any of its letters in order", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z-]{1,20}$/), fc.array(fc.boolean(), { maxLength: 20 }), (text, kept) => {
      const query = [...text].filter((_, at) => kept[at] === true).join("");
      expect(fuzzyScore(query, text)).not.toBeNull();
    }),
  );
});

it("never finds what lacks a letter", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-y]{0,20}$/), (text) => {
      expect(fuzzyScore("z", text)).toBeNull();
    }),
  );
});
