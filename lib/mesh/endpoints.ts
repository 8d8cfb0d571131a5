/**
 * Where the calls to a Service go: ready endpoints of its EndpointSlices whose pods are in the mesh. While none is ready,
 * those that are ending but still serve: as kube-proxy does, so that deleting the only pod loses no call that its
 * replacement could have taken.
 */
import type { EndpointSlice } from "@/lib/kube/objects";
import type { MeshEndpoint } from "./model";
import type { MeshCandidate } from "./pods";
import { compareText, type Json, named, portNumber, record, records, text } from "./shape";

const SERVICE_NAME_LABEL = "kubernetes.io/service-name";

export interface EndpointIndex {
  /** Sorted by address, then port. */
  of(serviceKey: string, portName: string): readonly MeshEndpoint[];
}

/** `members` are the pods of the mesh by pod key. */
export function indexEndpoints(
  slices: readonly EndpointSlice[],
  members: ReadonlyMap<string, MeshCandidate>,
): EndpointIndex {
  const byPort = new Map<string, Map<string, MeshEndpoint>>();
  const ending = new Map<string, Map<string, MeshEndpoint>>();
  for (const slice of slices) {
    const namespace = named(slice)?.namespace;
    const service = text(record(record(record(slice).metadata).labels)[SERVICE_NAME_LABEL]);
    if (namespace === undefined || service === null) continue;
    const pods = servingPods(slice, namespace, members);
    for (const port of records(slice.ports)) {
      const number = portNumber(port.port);
      if (number === null || (port.protocol ?? "TCP") !== "TCP") continue;
      const term = termOf(`${namespace}/${service}`, text(port.name) ?? "");
      for (const { ready, candidate } of pods) {
        const { address, key, identity } = candidate.pod;
        const into = ready ? byPort : ending;
        const found = into.get(term) ?? new Map<string, MeshEndpoint>();
        into.set(term, found);
        found.set(`${address}:${number}`, { address, port: number, pod: key, identity });
      }
    }
  }
  return {
    of: (serviceKey, portName) => {
      const term = termOf(serviceKey, portName);
      const found = byPort.get(term) ?? ending.get(term);
      return [...(found?.values() ?? [])].sort((a, b) => compareText(a.address, b.address) || a.port - b.port);
    },
  };
}

interface ServingPod {
  readonly candidate: MeshCandidate;
  /** False: it is ending, but serves until it has. */
  readonly ready: boolean;
}

function servingPods(
  slice: EndpointSlice,
  namespace: string,
  members: ReadonlyMap<string, MeshCandidate>,
): readonly ServingPod[] {
  const pods: ServingPod[] = [];
  for (const endpoint of records(slice.endpoints)) {
    const conditions = record(endpoint.conditions);
    const ready = conditions.ready !== false;
    if (!ready && !(conditions.serving === true && conditions.terminating === true)) continue;
    const target: Json = record(endpoint.targetRef);
    if ((target.kind ?? "Pod") !== "Pod") continue;
    const candidate = members.get(`${text(target.namespace) ?? namespace}/${text(target.name) ?? ""}`);
    // Only the first address counts (Kubernetes API). One that is not the pod's is stale, or of an address family the
    // sidecar does not listen on.
    const addresses = endpoint.addresses;
    if (candidate !== undefined && Array.isArray(addresses) && addresses[0] === candidate.pod.address) {
      pods.push({ candidate, ready });
    }
  }
  return pods;
}

function termOf(serviceKey: string, portName: string): string {
  return `${serviceKey}|${portName}`;
}
