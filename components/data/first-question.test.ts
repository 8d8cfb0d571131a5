import { expect, test } from "vitest";
import { firstQuestion } from "./first-question";

test("a page's URL tells what it asks first", () => {
  expect(firstQuestion("/graph")).toBe("/api/topology?window=30s");
  expect(firstQuestion("/graph?window=5m&at=1750000000000&node=a/b/c")).toBe(
    "/api/topology?window=5m&at=1750000000000",
  );
  expect(firstQuestion("/overview?ns=shop")).toBe("/api/overview?window=30s&ns=shop");
  // Shares of splits are always taken over a minute.
  expect(firstQuestion("/splits?window=5m")).toBe("/api/splits?window=60s");
});

test("of a parameter that comes twice the first counts, as in the browser", () => {
  expect(firstQuestion("/graph?window=1m&window=5m")).toBe("/api/topology?window=1m");
});

test("other pages ask nothing before they run", () => {
  for (const page of ["", "/", "/login", "/services/shop/web", "/toString"]) expect(firstQuestion(page)).toBeNull();
});
