/** `/api/namespaces/{name}/rollouts`: Deployments restarted as kubectl does it, and how far that has come. */
import { AppError } from "@/lib/contract/errors";
import type { Rollout, Rollouts } from "@/lib/contract/namespaces";
import { RESTARTED_AT_ANNOTATION } from "@/lib/kube/names";
import type { KubeObject, Pod } from "@/lib/kube/objects";
import { podTrouble } from "@/lib/kube/pod-trouble";
import { parseNodeId } from "@/lib/kube/refs";
import { readPod } from "@/lib/mesh/pods";
import type { KubeClient } from "@/server/kube/client";
import { DEPLOYMENTS } from "@/server/kube/resource";

export interface RolloutsAsked {
  readonly namespace: string;
  /** Pods as they are watched: they say why a rollout does not get on. */
  readonly pods: readonly Pod[];
  readonly signal?: AbortSignal;
}

export async function readRollouts(
  client: Pick<KubeClient, "list">,
  { namespace, pods, signal }: RolloutsAsked,
): Promise<Rollouts> {
  const { items } = await client.list(DEPLOYMENTS, { namespace, signal });
  const troubles = troublesOf(namespace, pods);
  return { items: items.map((object) => rolloutOf(object, troubles)).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Every Deployment that runs something. `not_found` when there is none. */
export async function restartAll(
  client: Pick<KubeClient, "list" | "patch">,
  { namespace, pods, now }: RolloutsAsked & { readonly now: Date },
): Promise<Rollouts> {
  const { items } = await client.list(DEPLOYMENTS, { namespace });
  const running = items.filter((deployment) => (deployment as Deployment).spec?.replicas !== 0);
  if (running.length === 0) {
    throw new AppError("not_found", `Namespace ${namespace} has no Deployment with pods to restart.`, {
      hint: "Pods of other workloads are restarted with kubectl rollout restart, or by deleting them.",
    });
  }
  const template = { metadata: { annotations: { [RESTARTED_AT_ANNOTATION]: now.toISOString() } } };
  for (const { metadata } of running) {
    const ref = { namespace, name: metadata.name };
    await client.patch(DEPLOYMENTS, ref, { spec: { template } }, { type: "strategic" });
  }
  return readRollouts(client, { namespace, pods });
}

interface Deployment {
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: { readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> } };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly { readonly type?: string; readonly status?: string; readonly message?: string }[];
  };
}

/** Done as `kubectl rollout status` sees it: seen by its controller, no old pod left, all of the new ones available. */
function rolloutOf(object: KubeObject, troubles: ReadonlyMap<string, string>): Rollout {
  const { spec = {}, status = {} } = object as Deployment;
  const wanted = spec.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const available = Math.min(status.availableReplicas ?? 0, wanted);
  const restarted = Date.parse(spec.template?.metadata?.annotations?.[RESTARTED_AT_ANNOTATION] ?? "");
  const observed = (status.observedGeneration ?? 0) >= (object.metadata.generation ?? 0);
  const done = observed && updated >= wanted && (status.replicas ?? 0) <= updated && available >= wanted;
  return {
    name: object.metadata.name,
    wanted,
    updated,
    available,
    restartedAt: Number.isNaN(restarted) ? null : restarted,
    done,
    problem: done ? null : (troubles.get(object.metadata.name) ?? conditionOf(status)),
  };
}

/** By Deployment: the first of its pods that says why it does not serve. */
function troublesOf(namespace: string, pods: readonly Pod[]): ReadonlyMap<string, string> {
  const troubles = new Map<string, string>();
  for (const pod of pods) {
    if (pod.metadata.namespace !== namespace || pod.metadata.deletionTimestamp !== undefined) continue;
    const { kind, name } = parseNodeId(readPod(pod)?.pod.workload ?? "");
    const trouble = kind === "deployment" && !troubles.has(name) ? podTrouble(pod) : null;
    if (trouble !== null) troubles.set(name, trouble);
  }
  return troubles;
}

/** What the Deployment's own controller says. */
function conditionOf({ conditions = [] }: NonNullable<Deployment["status"]>): string | null {
  const failed = conditions.find(
    ({ type, status }) =>
      (type === "ReplicaFailure" && status === "True") || (type === "Progressing" && status === "False"),
  );
  return failed?.message ?? null;
}
