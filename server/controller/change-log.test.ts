import { expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { surroundingsOf } from "@/lib/mesh/changes/surroundings";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import { split } from "@/test/support/bookstore-mesh";
import { ChangeLog } from "./change-log";

function written(weight: number, time: string): KubeObject {
  const object = split({ "bookstore-v1": weight });
  const managedFields = [{ manager: "kubectl", time }];
  return { ...object, metadata: { ...object.metadata, managedFields } as KubeObject["metadata"] };
}

function log() {
  const clock = { now: 1_000 };
  const made = new ChangeLog({ around: () => surroundingsOf(EMPTY_OBJECTS, "osm"), now: () => clock.now });
  return { log: made, clock };
}

it("keeps what it saw, newest first, and says since when it watches", () => {
  const { log: changes, clock } = log();
  clock.now = 2_000;
  changes.begin();
  clock.now = 3_000;
  changes.add({ before: null, after: written(1, "1970-01-01T00:00:02Z"), missed: false });
  clock.now = 4_000;
  changes.add({ before: written(1, ""), after: written(2, "1970-01-01T00:00:03Z"), missed: false });
  changes.add({ before: written(2, ""), after: written(2, ""), missed: false });
  expect(changes.read(0, 10)).toMatchObject({
    watchedSince: 2_000,
    items: [
      { at: 4_000, by: "kubectl", verb: "changed", summary: "weights bookstore-v1 1 → 2" },
      { at: 3_000, verb: "created" },
    ],
  });
  expect(changes.read(3_500, 10).items).toHaveLength(1);
  expect(changes.read(0, 1).items).toMatchObject([{ at: 4_000 }]);
});

it("gives a change it missed the time the API server noted", () => {
  const { log: changes, clock } = log();
  clock.now = 60_000;
  changes.add({ before: written(1, ""), after: written(2, "1970-01-01T00:00:20Z"), missed: true });
  changes.add({ before: written(2, ""), after: null, missed: true });
  expect(changes.read(0, 10).items.map(({ at, by }) => [at, by])).toEqual([
    [60_000, null],
    [20_000, "kubectl"],
  ]);
});

it("forgets the oldest when it is full, and says so", () => {
  const { log: changes, clock } = log();
  for (let weight = 0; weight < 2_100; weight += 1) {
    clock.now += 1;
    changes.add({ before: written(weight, ""), after: written(weight + 1, ""), missed: false });
  }
  const { items, watchedSince } = changes.read(0, 5_000);
  expect(items).toHaveLength(2_000);
  expect(watchedSince).toBe(items.at(-1)?.at);
});
