import { expect, it } from "vitest";
import type { Change } from "@/lib/contract/changes";
import { chosen, longer, RANGES, rangeOf } from "./choice";

const change = (kind: string, namespace: string, name: string, more: Partial<Change> = {}): Change => ({
  ...{ at: 1, kind, namespace, name, verb: "changed", by: "kubectl", summary: "weights v1 90 → 50" },
  ...more,
});
const CHANGES = [
  change("TrafficSplit", "shop", "cart"),
  change("TrafficTarget", "bank", "ledger", { by: "argocd", summary: "grants shop/cart GET /" }),
  change("MeshConfig", "osm-system", "osm-mesh-config", { summary: "sidecar log level debug" }),
  change("Namespace", "", "shop", { verb: "created", by: null, summary: "joined the mesh" }),
];
const names = (choice: Partial<Parameters<typeof chosen>[1]>) =>
  chosen(CHANGES, { kind: null, find: "", scope: null, ...choice }).map(({ name }) => name);

it("shows everything unless it is asked for less", () => {
  expect(names({})).toHaveLength(4);
  expect(names({ kind: "no such kind" })).toHaveLength(4);
});

it("chooses by kind, and by words in any field", () => {
  expect(names({ kind: "policy" })).toEqual(["ledger"]);
  expect(names({ find: "ARGOCD" })).toEqual(["ledger"]);
  expect(names({ find: "cart weights" })).toEqual(["cart"]);
  expect(names({ find: "shop/cart nobody" })).toEqual([]);
});

it("keeps a namespace itself and what holds for all in its scope", () => {
  expect(names({ scope: new Set(["shop"]) })).toEqual(["cart", "osm-mesh-config", "shop"]);
});

it("looks further back step by step", () => {
  expect(rangeOf("nonsense").value).toBe("1h");
  expect(longer(rangeOf("24h"))?.value).toBe("7d");
  expect(longer(RANGES[3])).toBeNull();
});
