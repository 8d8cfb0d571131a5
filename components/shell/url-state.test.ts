import { expect, test } from "vitest";
import { changeQuery } from "./url-state";

test("changes one parameter and leaves the others where they are", () => {
  expect(changeQuery("?window=30s&node=a/b/c", { node: "x/service/y" })).toBe("window=30s&node=x/service/y");
  expect(changeQuery("?window=30s&node=a", { node: null, view: "table" })).toBe("window=30s&view=table");
  expect(changeQuery("", {})).toBe("");
});
