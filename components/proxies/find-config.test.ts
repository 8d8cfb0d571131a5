import { expect, test } from "vitest";
import { type ConfigResource, differences, findResources } from "./find-config";

const make = (type: string, name: string, version: string): ConfigResource => ({
  type,
  name,
  version,
  state: "taken",
  resource: { name, weight: version },
});

test("finds by name and by content, in reading order", () => {
  const all = [make("CDS", "shop/store|80", "a1"), make("LDS", "outbound-listener", "b2")];
  expect(findResources(all, "").map(({ type }) => type)).toEqual(["LDS", "CDS"]);
  expect(findResources(all, "STORE").map(({ type }) => type)).toEqual(["CDS"]);
  expect(findResources(all, "weight: b2").map(({ type }) => type)).toEqual(["LDS"]);
});

test("tells what two sidecars are given differently, and what only one has", () => {
  const left = [make("CDS", "same", "1"), make("CDS", "changed", "1"), make("RDS", "mine", "1")];
  const right = [make("CDS", "same", "1"), make("CDS", "changed", "2")];
  const found = differences(left, right);
  expect(found.map(({ label }) => label)).toEqual(["RDS mine", "CDS changed"]);
  expect(found[0]?.right).toBe("");
  expect(found[1]?.left).toContain('weight: "1"');
});
