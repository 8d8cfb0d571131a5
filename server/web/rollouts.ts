/** `/api/namespaces/{name}/rollouts`: Deployments restarted as kubectl does it, and how far that has come. */
import { AppError } from "@/lib/contract/errors";
import type { Rollout, Rollouts } from "@/lib/contract/namespaces";
import { RESTARTED_AT_ANNOTATION } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import type { KubeClient } from "@/server/kube/client";
import { DEPLOYMENTS } from "@/server/kube/resource";

export async function readRollouts(
  client: Pick<KubeClient, "list">,
  namespace: string,
  signal?: AbortSignal,
): Promise<Rollouts> {
  const { items } = await client.list(DEPLOYMENTS, { namespace, signal });
  return { items: items.map(rolloutOf).sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Every Deployment that runs something. `not_found` when there is none. */
export async function restartAll(
  client: Pick<KubeClient, "list" | "patch">,
  namespace: string,
  now: Date,
): Promise<Rollouts> {
  const { items } = await client.list(DEPLOYMENTS, { namespace });
  const running = items.filter((deployment) => rolloutOf(deployment).wanted > 0);
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
  return readRollouts(client, namespace);
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
  };
}

/** Done as `kubectl rollout status` sees it: seen by its controller, no old pod left, all of the new ones available. */
function rolloutOf(object: KubeObject): Rollout {
  const { spec = {}, status = {} } = object as Deployment;
  const wanted = spec.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const available = Math.min(status.availableReplicas ?? 0, wanted);
  const restarted = Date.parse(spec.template?.metadata?.annotations?.[RESTARTED_AT_ANNOTATION] ?? "");
  const observed = (status.observedGeneration ?? 0) >= (object.metadata.generation ?? 0);
  return {
    name: object.metadata.name,
    wanted,
    updated,
    available,
    restartedAt: Number.isNaN(restarted) ? null : restarted,
    done: observed && updated >= wanted && (status.replicas ?? 0) <= updated && available >= wanted,
  };
}
