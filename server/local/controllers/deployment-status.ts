/** The status of a Deployment, as `kubectl rollout status` and `kubectl get deployments` read it. */
import type { RolloutPod } from "./rollout";

export interface DeploymentCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
  readonly lastUpdateTime: string;
}

export interface DeploymentFacts {
  readonly name: string;
  readonly generation: number;
  readonly replicas: number;
  readonly hash: string;
  readonly maxUnavailable: number;
  readonly progressDeadlineSeconds: number;
  readonly pods: readonly (RolloutPod & { readonly ready: boolean })[];
  readonly previous: readonly DeploymentCondition[];
  /** Why pods cannot be created just now; empty when they can. */
  readonly createError: string;
}

/** `now` in unix milliseconds. Conditions keep their time while nothing about them changes. */
export function deploymentStatus(facts: DeploymentFacts, now: number) {
  const live = facts.pods.filter((pod) => !pod.deleting);
  const updated = live.filter((pod) => pod.hash === facts.hash);
  const available = live.filter((pod) => pod.available).length;
  const complete = updated.length === facts.replicas && live.length === facts.replicas && available >= facts.replicas;
  const condition = keepTimes(facts.previous, now);
  const enough = available >= facts.replicas - facts.maxUnavailable;
  const conditions = [
    enough
      ? condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
      : condition("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."),
    progressing(facts, { complete, updated: updated.length, available }, now, condition),
  ];
  if (facts.createError) conditions.push(condition("ReplicaFailure", "True", "FailedCreate", facts.createError));
  return {
    observedGeneration: facts.generation,
    replicas: live.length,
    updatedReplicas: updated.length,
    readyReplicas: live.filter((pod) => pod.ready).length,
    availableReplicas: available,
    unavailableReplicas: Math.max(0, facts.replicas - available),
    conditions,
  };
}

type MakeCondition = (type: string, status: string, reason: string, message: string) => DeploymentCondition;

function progressing(
  facts: DeploymentFacts,
  counts: { complete: boolean; updated: number; available: number },
  now: number,
  condition: MakeCondition,
): DeploymentCondition {
  const { name, hash } = facts;
  if (counts.complete) {
    return condition(
      "Progressing",
      "True",
      "NewReplicaSetAvailable",
      `Template ${hash} of ${name} has successfully progressed.`,
    );
  }
  const message = `Template ${hash} of ${name} is progressing: ${counts.updated} of ${facts.replicas} updated, ${counts.available} available.`;
  const before = facts.previous.find((old) => old.type === "Progressing");
  const since = before && before.message === message ? Date.parse(before.lastUpdateTime) : now;
  if (now - since >= facts.progressDeadlineSeconds * 1000) {
    return condition("Progressing", "False", "ProgressDeadlineExceeded", message);
  }
  return condition("Progressing", "True", "ReplicaSetUpdated", message);
}

function keepTimes(previous: readonly DeploymentCondition[], now: number): MakeCondition {
  const at = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
  return (type, status, reason, message) => {
    const before = previous.find((old) => old.type === type);
    return {
      type,
      status,
      reason,
      message,
      lastTransitionTime: before?.status === status ? before.lastTransitionTime : at,
      lastUpdateTime: before?.reason === reason && before.message === message ? before.lastUpdateTime : at,
    };
  };
}
