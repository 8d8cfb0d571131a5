import { expect, test } from "vitest";
import { readScope } from "./scope-values";

const scope = (query: string) => readScope(new URLSearchParams(query));

test("the HTML reads of a URL what the page will: windows and instants that are none are as if they were not there", () => {
  expect(scope("")).toEqual({ window: "30s", at: null, ns: null });
  expect(scope("window=5m&at=1750000000000&ns=a,b")).toEqual({ window: "5m", at: 1_750_000_000_000, ns: "a,b" });
  expect(scope("window=1y&at=yesterday&ns=")).toEqual({ window: "30s", at: null, ns: null });
});
