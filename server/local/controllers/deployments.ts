/** The Deployment controller of local mode: pods are owned by their Deployment directly, without ReplicaSets between. */
import { randomBytes } from "node:crypto";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject, Pod } from "@/lib/kube/objects";
import { type ClusterStore, DEPLOYMENTS, PODS } from "../cluster";
import type { RecordEvent } from "../events";
import { createWorkQueue } from "../work-queue";
import { type DeploymentCondition, deploymentStatus } from "./deployment-status";
import { isReady } from "./endpoint-slices";
import { nextStep, type RolloutPod, rolloutLimits } from "./rollout";
import { stableHash } from "./stable-hash";

interface Deployment extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly minReadySeconds?: number;
    readonly progressDeadlineSeconds?: number;
    readonly strategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string };
    };
    readonly template: { readonly metadata?: object & { labels?: object }; readonly spec: object };
  };
  readonly status?: { readonly conditions?: readonly DeploymentCondition[] };
}

type OwnedPod = RolloutPod & { readonly ready: boolean; readonly availableInMs: number; readonly uid: string };

const HASH_LABEL = "pod-template-hash";

export interface ControllerTools {
  readonly store: ClusterStore;
  readonly record: RecordEvent;
  readonly log: { warn(fields: object, message: string): void };
}

/** Starts it. Returns how to stop it. */
export async function runDeploymentController(tools: ControllerTools): Promise<() => Promise<void>> {
  const { store, log } = tools;
  const queue = createWorkQueue(
    (key) => reconcile(key, tools, (delayMs) => queue.addAfter(key, delayMs)),
    (key, error) => log.warn({ event: "deployment.failed", deployment: key, error: String(error) }, "will try again"),
  );
  const stops = [
    await store.watch(DEPLOYMENTS, ({ object }) => queue.add(`${object.metadata.namespace}/${object.metadata.name}`)),
    await store.watch(PODS, ({ object }) => {
      const owner = object.metadata.ownerReferences?.find((one) => one.controller && one.kind === "Deployment");
      if (owner) queue.add(`${object.metadata.namespace}/${owner.name}`);
    }),
  ];
  return async () => {
    for (const stop of stops) stop();
    await queue.stop();
  };
}

async function reconcile(key: string, tools: ControllerTools, again: (delayMs: number) => void): Promise<void> {
  const { store } = tools;
  const [namespace = "", name = ""] = key.split("/");
  const deployment = await find(store, namespace, name);
  if (!deployment || deployment.metadata.deletionTimestamp) return;
  const { spec } = deployment;
  const replicas = spec.replicas ?? 1;
  const hash = stableHash(spec.template);
  const limits = rolloutLimits(
    replicas,
    spec.strategy?.rollingUpdate?.maxSurge,
    spec.strategy?.rollingUpdate?.maxUnavailable,
  );
  const strategy = spec.strategy?.type === "Recreate" ? "Recreate" : "RollingUpdate";
  const pods = await ownedPods(store, deployment);
  const step = nextStep({ replicas, strategy, hash, ...limits }, pods);

  for (const podName of step.delete) await deletePod(tools, deployment, podName, pods);
  let createError = "";
  for (let i = 0; i < step.create && !createError; i += 1) createError = await createPod(tools, deployment, hash);

  const progressDeadlineSeconds = spec.progressDeadlineSeconds ?? 600;
  const status = deploymentStatus(
    {
      name,
      generation: deployment.metadata.generation ?? 1,
      replicas,
      hash,
      maxUnavailable: limits.maxUnavailable,
      progressDeadlineSeconds,
      pods: await ownedPods(store, deployment),
      previous: deployment.status?.conditions ?? [],
      createError,
    },
    Date.now(),
  );
  if (JSON.stringify(status) !== JSON.stringify(pick(deployment.status, Object.keys(status)))) {
    await store.merge(DEPLOYMENTS, { namespace, name }, { status }, "status");
  }
  if (createError) throw new AppError("upstream_unavailable", createError);
  const waiting = pods.filter((pod) => pod.ready && !pod.available).map((pod) => pod.availableInMs);
  if (waiting.length > 0) again(Math.min(...waiting) + 10);
  if (status.availableReplicas < replicas) again(progressDeadlineSeconds * 1000 + 1000);
}

async function find(store: ClusterStore, namespace: string, name: string): Promise<Deployment | null> {
  try {
    return (await store.get(DEPLOYMENTS, { namespace, name })) as Deployment;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

async function ownedPods(store: ClusterStore, deployment: Deployment): Promise<OwnedPod[]> {
  const pods = (await store.list(PODS, deployment.metadata.namespace)) as readonly Pod[];
  const minReadyMs = (deployment.spec.minReadySeconds ?? 0) * 1000;
  return pods
    .filter((pod) => pod.metadata.ownerReferences?.some((owner) => owner.uid === deployment.metadata.uid))
    .filter((pod) => pod.status?.phase !== "Succeeded" && pod.status?.phase !== "Failed")
    .map((pod) => {
      const ready = isReady(pod);
      const conditions = (pod.status?.conditions ?? []) as readonly { type: string; lastTransitionTime?: string }[];
      const since = Date.parse(conditions.find((one) => one.type === "Ready")?.lastTransitionTime ?? "") || 0;
      const availableInMs = Math.max(0, since + minReadyMs - Date.now());
      return {
        name: pod.metadata.name,
        uid: pod.metadata.uid ?? "",
        hash: pod.metadata.labels?.[HASH_LABEL] ?? "",
        ready,
        available: ready && (minReadyMs === 0 || availableInMs === 0),
        availableInMs,
        deleting: pod.metadata.deletionTimestamp !== undefined,
        createdAt: pod.metadata.creationTimestamp ?? "",
      };
    });
}

/** Returns why it could not be created, or an empty string. */
async function createPod({ store, record }: ControllerTools, deployment: Deployment, hash: string): Promise<string> {
  const { name, namespace = "default", uid = "" } = deployment.metadata;
  const template = deployment.spec.template;
  const podName = `${name}-${hash}-${randomBytes(4).toString("hex").slice(0, 5)}`;
  try {
    await store.create(PODS, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...template.metadata,
        name: podName,
        namespace,
        labels: { ...template.metadata?.labels, [HASH_LABEL]: hash },
        ownerReferences: [
          { apiVersion: "apps/v1", kind: "Deployment", name, uid, controller: true, blockOwnerDeletion: true },
        ],
      },
      spec: template.spec,
    });
    record(deployment, { type: "Normal", reason: "SuccessfulCreate", message: `Created pod: ${podName}` });
    return "";
  } catch (error) {
    const message = `Pod of ${namespace}/${name} could not be created: ${error instanceof Error ? error.message : error}`;
    record(deployment, { type: "Warning", reason: "FailedCreate", message });
    return message;
  }
}

async function deletePod(
  { store, record }: ControllerTools,
  deployment: Deployment,
  name: string,
  pods: readonly OwnedPod[],
): Promise<void> {
  const namespace = deployment.metadata.namespace;
  try {
    await store.delete(PODS, { namespace, name }, { uid: pods.find((pod) => pod.name === name)?.uid });
    record(deployment, { type: "Normal", reason: "SuccessfulDelete", message: `Deleted pod: ${name}` });
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
  }
}

function pick(object: object | undefined, names: readonly string[]): object {
  const known = Object.entries(object ?? {});
  return Object.fromEntries(names.flatMap((name) => known.filter(([field]) => field === name)));
}
