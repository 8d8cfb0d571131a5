import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import type { Problem } from "@/lib/mesh/problems";
import { kubeError } from "@/server/kube/errors";
import { ProblemEvents } from "./problem-events";

const split = {
  apiVersion: "split.smi-spec.io/v1alpha2",
  kind: "TrafficSplit",
  metadata: { namespace: "bookstore", name: "bookstore-split", uid: "u1", resourceVersion: "5" },
};
const objects = { ...EMPTY_OBJECTS, trafficSplits: [split] };

function problem(message = "All weights are 0."): Problem {
  const object = { kind: "TrafficSplit", namespace: "bookstore", name: "bookstore-split" };
  return { code: "SplitWeightsZero", severity: "error", object, field: "spec.backends", message };
}

function eventStore() {
  const events = new Map<string, KubeObject>();
  return {
    all: () => [...events.values()],
    down: false,
    async list() {
      const open = [...events.values()].filter((event) => event.metadata.labels?.["meshdeck.io/problem"] === "open");
      return { items: open, resourceVersion: "1" };
    },
    async find(_: unknown, ref: { name: string }) {
      return events.get(ref.name) ?? null;
    },
    async create(_: unknown, event: KubeObject) {
      if (this.down) throw kubeError(500, {}, "create");
      if (events.has(event.metadata.name)) throw kubeError(409, { reason: "AlreadyExists" }, "create");
      events.set(event.metadata.name, event);
      return event;
    },
    async patch(_: unknown, ref: { name: string }, body: unknown) {
      const live = events.get(ref.name);
      if (!live) throw kubeError(404, {}, "patch");
      const changes = body as KubeObject;
      const next = { ...live, ...changes, metadata: { ...live.metadata, ...changes.metadata } };
      events.set(ref.name, next);
      return next;
    },
  };
}

describe("ProblemEvents", () => {
  it("tells a problem once, on its object", async () => {
    const store = eventStore();
    const events = new ProblemEvents(store);
    await events.report([problem()], objects);
    await events.report([problem()], objects);
    expect(store.all()).toHaveLength(1);
    expect(store.all()[0]).toMatchObject({
      type: "Warning",
      reason: "SplitWeightsZero",
      message: "All weights are 0.",
      count: 1,
      metadata: { namespace: "bookstore" },
      involvedObject: { kind: "TrafficSplit", name: "bookstore-split", uid: "u1", fieldPath: "spec.backends" },
    });
  });

  it("says when it is gone, and counts when it comes back", async () => {
    const store = eventStore();
    const events = new ProblemEvents(store);
    await events.report([problem()], objects, 1000);
    await events.report([], objects, 2000);
    expect(store.all().map((event) => [event.type, event.reason])).toEqual([
      ["Warning", "SplitWeightsZero"],
      ["Normal", "ProblemResolved"],
    ]);
    expect(store.all()[0]?.metadata.labels).toEqual({ "meshdeck.io/problem": "resolved" });
    await events.report([problem()], objects, 3000);
    expect(store.all()).toHaveLength(2);
    expect(store.all()[0]).toMatchObject({ count: 2, lastTimestamp: "1970-01-01T00:00:03Z" });
  });

  it("goes on with the Events of the leader before", async () => {
    const store = eventStore();
    await new ProblemEvents(store).report([problem()], objects);
    const heir = new ProblemEvents(store);
    await heir.report([problem()], objects);
    expect(store.all()).toHaveLength(1);
    expect(store.all()[0]).toMatchObject({ count: 1 });
    const next = new ProblemEvents(store);
    await next.report([], objects);
    expect(store.all().map((event) => event.type)).toEqual(["Warning", "Normal"]);
  });

  it("tells it again before the API server forgets, and when its words change", async () => {
    const store = eventStore();
    const events = new ProblemEvents(store);
    await events.report([problem()], objects, 0);
    await events.report([problem()], objects, 31 * 60_000);
    expect(store.all()[0]).toMatchObject({ count: 2 });
    await events.report([problem("Other words.")], objects, 31 * 60_000);
    expect(store.all()[0]).toMatchObject({ count: 3, message: "Other words." });
  });

  it("tries again what could not be written, and is silent about objects that are gone", async () => {
    const store = eventStore();
    const events = new ProblemEvents(store);
    store.down = true;
    await expect(events.report([problem()], objects)).rejects.toThrow();
    store.down = false;
    await events.report([problem()], objects);
    await events.report([], EMPTY_OBJECTS);
    expect(store.all().map((event) => event.type)).toEqual(["Warning"]);
  });
});
