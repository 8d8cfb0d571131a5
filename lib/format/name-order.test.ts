import { expect, test } from "vitest";
import { compareNames } from "./name-order";

test("numbers within names count as numbers, and capitals do not come first", () => {
  const names = ["svc-10", "svc-2", "ns-1/svc-3", "Zoo", "ns-1/svc-20", "apple"];
  expect(names.sort(compareNames)).toEqual(["apple", "ns-1/svc-3", "ns-1/svc-20", "svc-2", "svc-10", "Zoo"]);
});
