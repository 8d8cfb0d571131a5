import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { BOOKSTORE, modelOf, split } from "@/test/support/bookstore-mesh";
import { changesOf } from "./changes";

const at = (second: number) => Date.UTC(2026, 0, 1, 14, 0, second);
const iso = (second: number) => new Date(at(second)).toISOString();

function mesh(...trafficSplits: KubeObject[]) {
  const objects = { ...BOOKSTORE, trafficSplits };
  return { objects, model: modelOf(objects), meshConfig: null, deployments: [], partial: [] };
}
function splitOf(created: number, written: number): KubeObject {
  const object = split({ "bookstore-v1": 1 });
  const managedFields = [{ manager: "helm", time: iso(written) }];
  const metadata = { ...object.metadata, creationTimestamp: iso(created), managedFields };
  return { ...object, metadata: metadata as KubeObject["metadata"] };
}
const seen = {
  at: at(30),
  kind: "TrafficSplit",
  namespace: "bookstore",
  name: "bookstore-split",
  verb: "deleted" as const,
  by: null,
  summary: "no longer splits bookstore",
};
const RANGE = { since: at(0), until: at(59) };
const AWAY = { part: "controller" as const, message: "It cannot be reached.", hint: "Start it.", lastGoodAt: null };

describe("changes", () => {
  it("are the controller's when it watched all the time", () => {
    const controller = { watchedSince: at(0), items: [seen] };
    const found = changesOf(RANGE, { mesh: mesh(splitOf(10, 20)), meshName: "osm", controller, now: at(59) });
    expect(found).toEqual({ at: at(59), changes: [seen], partial: [] });
  });

  it("of the time before it watched are told by the objects, and that is said", () => {
    const controller = { watchedSince: at(15), items: [seen] };
    const found = changesOf(RANGE, { mesh: mesh(splitOf(10, 20)), meshName: "osm", controller, now: at(59) });
    expect(found.changes.map(({ at: when, verb }) => [when, verb])).toEqual([
      [at(30), "deleted"],
      [at(10), "created"],
    ]);
    expect(found.changes[1]?.summary).toContain("not known");
    expect(found.partial[0]?.message).toBe("The controller has watched changes only since 2026-01-01 14:00 UTC.");
    expect(found.partial[0]?.hint).toContain("deletions");
  });

  it("are told by the objects alone while the controller is away", () => {
    const found = changesOf(RANGE, { mesh: mesh(splitOf(10, 20)), meshName: "osm", controller: AWAY, now: at(59) });
    expect(found.changes).toMatchObject([
      { at: at(20), verb: "changed", by: "helm", summary: "now splits bookstore: bookstore-v1 1" },
      { at: at(10), verb: "created", by: null },
    ]);
    expect(found.partial).toMatchObject([{ message: "It cannot be reached." }]);
    expect(found.partial[0]?.hint).toContain("deletions");
  });

  it("outside the range are left out", () => {
    const range = { since: at(15), until: at(18) };
    const found = changesOf(range, { mesh: mesh(splitOf(10, 20)), meshName: "osm", controller: AWAY, now: at(59) });
    expect(found.changes).toEqual([]);
  });
});
