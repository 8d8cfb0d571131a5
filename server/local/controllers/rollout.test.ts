import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextStep, type RolloutPod, type RolloutSpec, rolloutLimits } from "./rollout";

const spec = (change: Partial<RolloutSpec> = {}): RolloutSpec => ({
  replicas: 2,
  strategy: "RollingUpdate",
  maxSurge: 1,
  maxUnavailable: 0,
  hash: "new",
  ...change,
});
const pod = (name: string, change: Partial<RolloutPod> = {}): RolloutPod => ({
  name,
  hash: "new",
  available: true,
  deleting: false,
  createdAt: "2026-01-01T00:00:00Z",
  ...change,
});

describe("nextStep", () => {
  it("creates what is missing and deletes the surplus, not serving ones first", () => {
    expect(nextStep(spec(), [])).toEqual({ create: 2, delete: [] });
    expect(nextStep(spec({ replicas: 1 }), [pod("a"), pod("b", { available: false }), pod("c")])).toEqual({
      create: 0,
      delete: ["b", "a"],
    });
    expect(nextStep(spec({ replicas: 0 }), [pod("a")])).toEqual({ create: 0, delete: ["a"] });
  });

  it("replaces a pod that is being deleted at once", () => {
    expect(nextStep(spec({ replicas: 1 }), [pod("a", { deleting: true })])).toEqual({ create: 1, delete: [] });
  });

  it("adds a new pod before it takes an old one away", () => {
    const old = [pod("a", { hash: "old" }), pod("b", { hash: "old" })];
    expect(nextStep(spec(), old)).toEqual({ create: 1, delete: [] });
    expect(nextStep(spec(), [...old, pod("c", { available: false })])).toEqual({ create: 0, delete: [] });
    expect(nextStep(spec(), [...old, pod("c")]).delete).toEqual(["a"]);
  });

  it("takes old pods that do not serve away at once", () => {
    const pods = [pod("a", { hash: "old", available: false }), pod("b", { hash: "old" })];
    expect(nextStep(spec(), pods)).toEqual({ create: 1, delete: ["a"] });
  });

  it("waits for the old pods to be gone when it recreates", () => {
    const recreate = spec({ strategy: "Recreate" });
    expect(nextStep(recreate, [pod("a", { hash: "old" })])).toEqual({ create: 0, delete: ["a"] });
    expect(nextStep(recreate, [pod("a", { hash: "old", deleting: true })])).toEqual({ create: 0, delete: [] });
    expect(nextStep(recreate, [])).toEqual({ create: 2, delete: [] });
  });

  it("reaches the wanted pods from anywhere, within surge and without dropping below what must serve", () => {
    const start = fc.array(fc.constantFrom("old", "new"), { maxLength: 8 });
    const wanted = fc.record({ replicas: fc.nat(6), surge: fc.nat(2), unavailable: fc.nat(2) });
    fc.assert(
      fc.property(start, wanted, (hashes, { replicas, surge, unavailable }) => {
        const limits = rolloutLimits(replicas, surge, unavailable);
        const wantedSpec = spec({ replicas, ...limits });
        let pods = hashes.map((hash, i) => pod(`p${i}`, { hash }));
        let count = pods.length;
        for (let turn = 0; turn < 60; turn += 1) {
          const step = nextStep(wantedSpec, pods);
          const before = pods.filter((p) => p.available).length;
          pods = pods.filter((p) => !step.delete.includes(p.name));
          const serving = pods.filter((p) => p.available).length;
          expect(serving).toBeGreaterThanOrEqual(Math.min(before, replicas - limits.maxUnavailable));
          for (let i = 0; i < step.create; i += 1) pods.push(pod(`p${count++}`, { available: false }));
          expect(pods.length).toBeLessThanOrEqual(Math.max(hashes.length, replicas + limits.maxSurge));
          if (step.create === 0 && step.delete.length === 0 && pods.every((p) => p.available)) break;
          pods = pods.map((p) => ({ ...p, available: true }));
        }
        expect(pods.map((p) => p.hash)).toEqual(Array(replicas).fill("new"));
      }),
    );
  });
});

it("reads limits as Kubernetes does", () => {
  expect(rolloutLimits(1, undefined, undefined)).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  expect(rolloutLimits(10, "25%", "25%")).toEqual({ maxSurge: 3, maxUnavailable: 2 });
  expect(rolloutLimits(3, 0, 0)).toEqual({ maxSurge: 0, maxUnavailable: 1 });
});
