import { expect, test } from "vitest";
import { changeAddress, changeQuery } from "./url-state";

test("changes one parameter and leaves the others where they are", () => {
  expect(changeQuery("?window=30s&node=a/b/c", { node: "x/service/y" })).toBe("window=30s&node=x/service/y");
  expect(changeQuery("?window=30s&node=a", { node: null, view: "table" })).toBe("window=30s&view=table");
  expect(changeQuery("", {})).toBe("");
});

test("changes the query of the address there is, and says when nothing changes", () => {
  const address = { pathname: "/namespaces", search: "?at=1" };
  expect(changeAddress(address, { at: "2" })).toBe("/namespaces?at=2");
  expect(changeAddress(address, { at: null })).toBe("/namespaces");
  expect(changeAddress(address, { at: "1" })).toBeNull();
});
