/** Pods as the mesh sees them. */
import { LOOPBACK_ANNOTATION, PROXY_UUID_LABEL } from "@/lib/kube/names";
import type { Pod } from "@/lib/kube/objects";
import { nodeId } from "@/lib/kube/refs";
import type { MeshPod } from "./model";
import { type Json, named, portNumber, record, records, text } from "./shape";

/** A pod of a meshed namespace. */
export interface MeshCandidate {
  readonly pod: Omit<MeshPod, "inbound">;
  readonly labels: Json;
  /** Container ports by name. */
  readonly portNames: ReadonlyMap<string, number>;
  /** Carries a sidecar, whether or not it has an address yet. */
  readonly sidecar: boolean;
  /** In the mesh now: a sidecar, an address, not ended. */
  readonly member: boolean;
}

/** Owners that are workloads of their own. A ReplicaSet stands for its Deployment; anything else is not known by name. */
const WORKLOAD_KINDS = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job"]);

const known = new WeakMap<object, MeshCandidate | null>();

/** Reads a pod; null when it has no name. A pod the store has frozen is read once. */
export function readPod(object: Pod): MeshCandidate | null {
  if (typeof object !== "object" || object === null) return null;
  const earlier = known.get(object);
  if (earlier !== undefined) return earlier;
  const candidate = candidateOf(object);
  if (Object.isFrozen(object)) known.set(object, candidate);
  return candidate;
}

function candidateOf(object: Pod): MeshCandidate | null {
  const name = named(object);
  if (name === null) return null;
  const metadata = record(object.metadata);
  const spec = record(object.spec);
  const status = record(object.status);
  const labels = record(metadata.labels);
  const proxyId = text(labels[PROXY_UUID_LABEL]);
  const address = text(status.podIP) ?? "";
  const ended = status.phase === "Succeeded" || status.phase === "Failed";
  return {
    pod: {
      key: name.key,
      namespace: name.namespace,
      name: name.name,
      uid: text(metadata.uid) ?? "",
      proxyId: proxyId ?? "",
      identity: `${name.namespace}/${text(spec.serviceAccountName) ?? "default"}`,
      workload: workloadOf(name, metadata, labels),
      address,
      loopback: text(record(metadata.annotations)[LOOPBACK_ANNOTATION]) ?? "127.0.0.1",
      ready: isReady(metadata, status),
    },
    labels,
    portNames: portNamesOf(spec),
    sidecar: proxyId !== null,
    member: proxyId !== null && address !== "" && !ended,
  };
}

function isReady(metadata: Json, status: Json): boolean {
  if (text(metadata.deletionTimestamp) !== null) return false;
  return records(status.conditions).some((one) => one.type === "Ready" && one.status === "True");
}

function workloadOf(name: { namespace: string; name: string }, metadata: Json, labels: Json): string {
  const owners = records(metadata.ownerReferences);
  const owner = owners.find((one) => one.controller === true) ?? owners[0] ?? {};
  const kind = text(owner.kind);
  const ownerName = text(owner.name);
  if (kind !== null && ownerName !== null) {
    const { namespace } = name;
    if (WORKLOAD_KINDS.has(kind)) return nodeId({ namespace, kind, name: ownerName });
    const hash = text(labels["pod-template-hash"]);
    if (kind === "ReplicaSet" && hash !== null && ownerName.endsWith(`-${hash}`)) {
      return nodeId({ namespace, kind: "Deployment", name: ownerName.slice(0, -hash.length - 1) });
    }
  }
  return nodeId({ namespace: name.namespace, kind: "Pod", name: name.name });
}

/** Containers and init containers (a native sidecar is one); the first port of a name counts. */
function portNamesOf(spec: Json): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  for (const container of [...records(spec.containers), ...records(spec.initContainers)]) {
    for (const port of records(container.ports)) {
      const name = text(port.name);
      const number = portNumber(port.containerPort);
      if (name !== null && number !== null && !ports.has(name)) ports.set(name, number);
    }
  }
  return ports;
}
