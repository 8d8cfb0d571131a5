import { describe, expect, it } from "vitest";
import { type DeploymentFacts, deploymentStatus } from "./deployment-status";

const pod = (name: string, ready: boolean, hash = "new") => ({
  name,
  hash,
  ready,
  available: ready,
  deleting: false,
  createdAt: "2026-01-01T00:00:00Z",
});
const facts = (change: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  name: "bookbuyer",
  generation: 3,
  replicas: 2,
  hash: "new",
  maxUnavailable: 0,
  progressDeadlineSeconds: 600,
  pods: [],
  previous: [],
  createError: "",
  ...change,
});
const now = Date.parse("2026-01-01T10:00:00Z");

describe("deploymentStatus", () => {
  it("is complete when every pod is of the new template and serves", () => {
    const status = deploymentStatus(facts({ pods: [pod("a", true), pod("b", true)] }), now);
    expect(status).toMatchObject({
      observedGeneration: 3,
      updatedReplicas: 2,
      availableReplicas: 2,
      unavailableReplicas: 0,
    });
    expect(status.conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`)).toEqual([
      "Available=True MinimumReplicasAvailable",
      "Progressing=True NewReplicaSetAvailable",
    ]);
  });

  it("says that it gave up when nothing moved for the deadline", () => {
    const first = deploymentStatus(facts({ pods: [pod("a", false)] }), now);
    const later = facts({ pods: [pod("a", false)], previous: first.conditions });
    expect(deploymentStatus(later, now + 599_000).conditions[1]?.reason).toBe("ReplicaSetUpdated");
    expect(deploymentStatus(later, now + 600_000).conditions[1]).toMatchObject({
      status: "False",
      reason: "ProgressDeadlineExceeded",
    });
  });

  it("keeps the times of what did not change and names why pods cannot be created", () => {
    const first = deploymentStatus(facts(), now);
    const second = deploymentStatus(
      facts({ previous: first.conditions, createError: "the webhook is away" }),
      now + 5000,
    );
    expect(second.conditions[0]).toEqual(first.conditions[0]);
    expect(second.conditions[2]).toMatchObject({ type: "ReplicaFailure", message: "the webhook is away" });
  });
});
