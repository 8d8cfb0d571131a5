import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { BOOKSTORE, modelOf, split } from "@/test/support/bookstore-mesh";
import { samplesOf } from "@/test/support/mesh-samples";
import type { Frame } from "./frame";
import { splitsOf } from "./splits";

const TRAFFIC = [
  { from: "bookbuyer/bookbuyer", cluster: "bookstore/bookstore-v1|14001", classes: { "2": 8, "5": 2 } },
  { from: "bookbuyer/bookbuyer", cluster: "bookstore/bookstore-v2|14001", classes: { "2": 10 } },
];

function frameWith(...trafficSplits: KubeObject[]): Frame {
  const objects = { ...BOOKSTORE, trafficSplits };
  return {
    ...{ at: 1000, windowSeconds: 60, samplesAt: 1000, queries: { count: 4, ms: 1 }, partial: [] },
    mesh: { objects, model: modelOf(objects), meshConfig: null, deployments: [], partial: [] },
    samples: samplesOf(TRAFFIC),
    policy: "smi",
  };
}

describe("splits", () => {
  it("stand beside what was seen, with versions, rates and errors", () => {
    const [item] = splitsOf(frameWith(split({ "bookstore-v1": 3, "bookstore-v2": 1 }))).items;
    expect(item).toMatchObject({ root: "bookstore/bookstore", inForce: true, requestsPerSecond: 20 });
    const [v1, v2] = item?.backends ?? [];
    expect(v1).toMatchObject({ version: "v1", desiredShare: 0.75, requestsPerSecond: 10, errorRatio: 0.2 });
    expect(v2).toMatchObject({ version: "v2", desiredShare: 0.25, requestsPerSecond: 10, errorRatio: 0 });
    expect(v1?.observed?.share).toBe(0.5);
    expect(v1?.observed?.low).toBeLessThan(0.5);
    expect(v1?.observed?.high).toBeGreaterThan(0.5);
  });

  it("say what keeps a broken one from being in force, and still list it", () => {
    const [item] = splitsOf(frameWith(split({ "bookstore-v1": 1, ghost: 1 }))).items;
    expect(item?.backends.map((backend) => backend.state)).toEqual(["ok", "missing"]);
    expect(item?.problems.map((problem) => problem.code)).toContain("SplitBackendMissing");
    const unreadable = { ...split({ "bookstore-v1": 1 }), spec: { service: 7 } };
    const [other] = splitsOf(frameWith(unreadable)).items;
    expect(other).toMatchObject({ inForce: false, root: null, backends: [] });
  });
});
