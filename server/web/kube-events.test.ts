import { expect, it, vi } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { EventLists, eventsAbout } from "./kube-events";

function event(kind: string, name: string, fields: Record<string, unknown> = {}): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: `${name}.1`, namespace: "shop" },
    involvedObject: { kind, namespace: "shop", name },
    type: "Normal",
    reason: "Started",
    message: "m",
    firstTimestamp: "2026-11-25T10:00:00Z",
    lastTimestamp: "2026-11-25T10:01:00Z",
    count: 2,
    source: { component: "kubelet" },
    ...fields,
  };
}

it("are those of the objects and of pods that have gone, newest first, from old and new fields", () => {
  const series = { count: 7, lastObservedTime: "2026-11-25T10:05:00.5Z" };
  const found = eventsAbout(
    [
      event("Pod", "store-abc12-x1"),
      event("Pod", "store-v1-abc12-x1"),
      event("ReplicaSet", "store-abc12", {
        lastTimestamp: null,
        eventTime: "2026-11-25T10:02:00Z",
        firstTimestamp: null,
      }),
      event("Service", "store", { series, type: "Warning", reportingComponent: "meshdeck" }),
      event("Service", "other"),
    ],
    { objects: new Set(["Service/store"]), deployments: ["store"], allDeployments: ["store", "store-v1"] },
  );
  expect(found.items.map(({ object }) => `${object.kind} ${object.name}`)).toEqual([
    "Service store",
    "ReplicaSet store-abc12",
    "Pod store-abc12-x1",
  ]);
  expect(found.items[0]).toMatchObject({
    type: "Warning",
    count: 7,
    from: "meshdeck",
    since: Date.parse("2026-11-25T10:00:00Z"),
  });
});

it("are asked once for all who look at a namespace within two seconds, and again after a refusal", async () => {
  let now = 0;
  const lists = new EventLists(() => now);
  const list = vi.fn(async () => ({ items: [], resourceVersion: "1" }));
  await Promise.all([lists.read({ list }, "a"), lists.read({ list }, "a"), lists.read({ list }, "b")]);
  expect(list).toHaveBeenCalledTimes(2);
  now = 2_500;
  const forbidden = vi.fn(() => Promise.reject(new Error("forbidden")));
  await expect(lists.read({ list: forbidden }, "a")).rejects.toThrow("forbidden");
  now = 5_000;
  await lists.read({ list }, "a");
  expect(list).toHaveBeenCalledTimes(3);
});
