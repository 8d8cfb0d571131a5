import { expect, test } from "vitest";
import { inScope } from "./in-scope";

test("a row is shown when one of its names is in scope and one holds the text", () => {
  const names = ["bookbuyer/deployment/bookbuyer", "bookstore/service/bookstore-v1", null];
  expect(inScope({ scope: null, find: "" }, names)).toBe(true);
  expect(inScope({ scope: new Set(["bookstore"]), find: " V1 " }, names)).toBe(true);
  expect(inScope({ scope: new Set(["other"]), find: "" }, names)).toBe(false);
  expect(inScope({ scope: null, find: "thief" }, names)).toBe(false);
});
