/** Workloads of meshed namespaces: owners of pods, with or without sidecars. */
import { PROXY_UUID_LABEL } from "@/lib/kube/names";
import type { Pod } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";
import type { MeshModel, MeshPod } from "@/lib/mesh/model";
import { readPod } from "@/lib/mesh/pods";
import type { EdgeProtocol } from "./row-places";

export interface Workload {
  /** Node id. */
  readonly id: string;
  readonly meshed: boolean;
  /** Identity keys, sorted. Empty without a sidecar. */
  readonly identities: readonly string[];
  /** Service keys it backs, sorted. */
  readonly services: readonly string[];
  readonly pods: { readonly ready: number; readonly total: number };
  readonly version: string | null;
  readonly protocol: EdgeProtocol | null;
}

const VERSION_LABELS = ["version", "app.kubernetes.io/version"];

const PODS_AT_ONCE = 500;
const WORKLOADS_AT_ONCE = 250;

/**
 * By node id; yields now and then. Pods that have ended are left out, and so is everything in namespaces that are not meshed but for the
 * workloads that are `called` or call (node ids).
 */
export function* workloadsOf(
  model: MeshModel,
  objects: MeshObjects,
  { called }: { readonly called: ReadonlySet<string> },
): Generator<void, ReadonlyMap<string, Workload>> {
  const namespaces = new Set(Object.values(model.identities).map((identity) => identity.namespace));
  const groups = new Map<string, Group>();
  for (const [index, object] of objects.pods.entries()) {
    if (index % PODS_AT_ONCE === PODS_AT_ONCE - 1) yield;
    const candidate = readPod(object);
    const namespace = candidate?.pod.namespace;
    if (!candidate || namespace === undefined || ended(object)) continue;
    if (!namespaces.has(namespace) && !called.has(candidate.pod.workload)) continue;
    const group = groups.get(candidate.pod.workload) ?? { all: [], ready: 0, labels: [], foreign: true };
    group.foreign &&= hasForeignProxy(object);
    const member = model.workloads[candidate.pod.key];
    group.all.push(member ?? null);
    if (candidate.pod.ready) group.ready += 1;
    group.labels.push(object.metadata.labels ?? {});
    groups.set(candidate.pod.workload, group);
  }
  const workloads = new Map<string, Workload>();
  for (const [id, group] of groups) {
    workloads.set(id, makeWorkload(id, group));
    if (workloads.size % WORKLOADS_AT_ONCE === 0) yield;
  }
  return workloads;
}

interface Group {
  /** The mesh's view of each pod; null for one without a sidecar. */
  readonly all: (MeshPod | null)[];
  ready: number;
  readonly labels: Readonly<Record<string, string>>[];
  /** Every pod has the proxy of another mesh. */
  foreign: boolean;
}

function makeWorkload(id: string, { all, ready, labels, foreign }: Group): Workload {
  const pods = all.filter((pod) => pod !== null);
  const inbound = pods.flatMap((pod) => pod.inbound);
  return {
    id,
    meshed: foreign || pods.length > 0 || labels.every((one) => PROXY_UUID_LABEL in one),
    identities: [...new Set(pods.map((pod) => pod.identity))].sort(),
    services: [...new Set(inbound.map((port) => port.service))].sort(),
    pods: { ready, total: all.length },
    version: shared(labels),
    protocol: mainProtocol(inbound.map((port) => port.protocol)),
  };
}

/** The version label all pods share. */
function shared(labels: readonly Readonly<Record<string, string>>[]): string | null {
  for (const name of VERSION_LABELS) {
    const versions = new Set(labels.map((one) => one[name] ?? ""));
    const [only] = versions;
    if (versions.size === 1 && only) return only;
  }
  return null;
}

/** gRPC before HTTP before TCP; null for none. */
export function mainProtocol(protocols: readonly string[]): EdgeProtocol | null {
  if (protocols.includes("grpc")) return "grpc";
  if (protocols.includes("http")) return "http";
  return protocols.length > 0 ? "tcp" : null;
}

const FOREIGN_PROXIES = new Set(["linkerd-proxy", "istio-proxy"]);

/** Linkerd's and Istio's sidecars are containers, or init containers that stay; ambient Istio marks the pod. */
function hasForeignProxy({ spec, metadata }: Pod): boolean {
  if (metadata.annotations?.["ambient.istio.io/redirection"] === "enabled") return true;
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return containers.some(({ name }) => FOREIGN_PROXIES.has(name));
}

function ended(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}
