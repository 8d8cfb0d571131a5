import { expect, it } from "vitest";
import type { Change } from "@/lib/contract/changes";
import { changeTicks, minutesAround, namespacesOf } from "./change-ticks";

const change = (kind: string, namespace: string): Change => ({
  at: 1,
  kind,
  namespace,
  name: "a",
  verb: "changed",
  by: null,
  summary: "is another",
});

it("takes whole minutes, so that the question stays the same for a minute", () => {
  expect(minutesAround({ at: 600_500, rangeSeconds: 60 })).toEqual({ since: 540_000, until: 660_000 });
  expect(minutesAround({ at: 659_500, rangeSeconds: 60 })).toEqual({ since: 540_000, until: 660_000 });
});

it("marks what concerns the subject", () => {
  const changes = [change("TrafficSplit", "shop"), change("Service", "other"), change("MeshConfig", "osm-system")];
  const edge = { kind: "edge", source: "buyer/deployment/buyer", target: "shop/service/shop" } as const;
  expect(changeTicks(changes, namespacesOf(edge)).map(({ label }) => label)).toEqual([
    "TrafficSplit a: is another",
    "MeshConfig a: is another",
  ]);
  expect(changeTicks(changes, namespacesOf({ kind: "service", service: "other/a" }))).toHaveLength(2);
});
