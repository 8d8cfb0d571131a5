/** What a Deployment asks of its pods next: pure, so that every step of a rollout can be tested. */

export interface RolloutPod {
  readonly name: string;
  /** pod-template-hash. */
  readonly hash: string;
  /** Ready for at least minReadySeconds. */
  readonly available: boolean;
  readonly deleting: boolean;
  /** RFC 3339. */
  readonly createdAt: string;
}

export interface RolloutSpec {
  readonly replicas: number;
  readonly strategy: "RollingUpdate" | "Recreate";
  /** Pods, rounded as Kubernetes does. */
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  /** Of the template wanted now. */
  readonly hash: string;
}

export interface RolloutStep {
  readonly create: number;
  /** Names of pods. */
  readonly delete: readonly string[];
}

/** Pods that are being deleted count for nothing, except that Recreate waits until they are gone. */
export function nextStep(spec: RolloutSpec, pods: readonly RolloutPod[]): RolloutStep {
  const live = pods.filter((pod) => !pod.deleting);
  const updated = live.filter((pod) => pod.hash === spec.hash);
  const old = live.filter((pod) => pod.hash !== spec.hash);
  if (spec.strategy === "Recreate" && pods.some((pod) => pod.hash !== spec.hash)) {
    return { create: 0, delete: old.map((pod) => pod.name) };
  }
  const room = old.length === 0 ? spec.replicas : spec.replicas + spec.maxSurge;
  const create = Math.max(0, Math.min(spec.replicas - updated.length, room - live.length));
  const surplus = inDeletionOrder(updated).slice(0, Math.max(0, updated.length - spec.replicas));
  return { create, delete: [...surplus, ...oldToDelete(spec, updated, old)].map((pod) => pod.name) };
}

function oldToDelete(spec: RolloutSpec, updated: readonly RolloutPod[], old: readonly RolloutPod[]): RolloutPod[] {
  const broken = old.filter((pod) => !pod.available);
  const serving = old.filter((pod) => pod.available);
  const available = updated.filter((pod) => pod.available).length + serving.length;
  const spare = Math.max(0, available - (spec.replicas - spec.maxUnavailable));
  // Old pods that do not serve cost no availability.
  return [...broken, ...inDeletionOrder(serving).slice(0, spare)];
}

/** Those that do not serve first, then the youngest. */
function inDeletionOrder(pods: readonly RolloutPod[]): RolloutPod[] {
  return [...pods].sort(
    (a, b) =>
      Number(a.available) - Number(b.available) ||
      b.createdAt.localeCompare(a.createdAt) ||
      a.name.localeCompare(b.name),
  );
}

/** `25%` of the replicas or a plain number. Surge rounds up, unavailable down; both zero would never get on. */
export function rolloutLimits(
  replicas: number,
  maxSurge: number | string | undefined,
  maxUnavailable: number | string | undefined,
): { maxSurge: number; maxUnavailable: number } {
  const surge = share(maxSurge ?? "25%", replicas, Math.ceil);
  const unavailable = share(maxUnavailable ?? "25%", replicas, Math.floor);
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function share(value: number | string, replicas: number, round: (n: number) => number): number {
  if (typeof value === "number") return Math.max(0, value);
  const percent = /^(\d+)%$/.exec(value)?.[1];
  return percent === undefined
    ? Math.max(0, Number.parseInt(value, 10) || 0)
    : round((Number(percent) * replicas) / 100);
}
