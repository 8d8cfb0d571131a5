/** GET /api/security: what is encrypted, by which certificates, and what was refused. */
import type { Certificate, Proxy as ConnectedProxy } from "@/lib/contract/admin";
import type { Call } from "@/lib/contract/calls";
import type { Plaintext, Security, SecurityEdge, SecurityWorkload } from "@/lib/contract/security";
import type { Partial, Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import { explain } from "@/lib/mesh/explain";
import type { MeshModel } from "@/lib/mesh/model";
import { type Frame, topologyOf } from "./frame";
import { type PodWithoutSidecar, podsWithoutSidecar } from "./pods-without-sidecar";

/** What only the controller knows. */
export interface ControllerFacts {
  readonly certificates: readonly Certificate[];
  readonly proxies: readonly ConnectedProxy[];
  /** Newest first. */
  readonly calls: readonly Call[];
  readonly partial: readonly Partial[];
}

export const NO_CONTROLLER_FACTS: ControllerFacts = { certificates: [], proxies: [], calls: [], partial: [] };

const MOST_DENIED = 200;

export function securityOf(frame: Frame, facts: ControllerFacts, meshName: string): Security {
  const topology = topologyOf(frame);
  const { model, objects } = frame.mesh;
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  const edges = topology.edges.map((edge) => edgeOf(edge, { nodes, model }));
  const without = podsWithoutSidecar(objects, meshName);
  return {
    at: frame.at,
    windowSeconds: frame.windowSeconds,
    encryptedShare: encryptedShare(topology),
    edges,
    workloads: workloadsOf(topology, { model, facts }),
    root: facts.certificates.find((certificate) => certificate.kind === "root") ?? null,
    plaintext: [...plainEdges(edges), ...plainPods(without)],
    podsWithoutSidecar: without.map(({ namespace, name, reason }) => ({ namespace, name, reason })),
    deniedCalls: facts.calls
      .filter((call) => call.denied)
      .slice(0, MOST_DENIED)
      .map((call) => ({ ...call, why: whyDenied(model, call) })),
    partial: [...frame.partial, ...facts.partial],
  };
}

/** Of the calls that reached their destination. */
function encryptedShare({ edges }: Topology): number | null {
  let all = 0;
  let encrypted = 0;
  for (const { requestsPerSecond, mtlsRatio } of edges) {
    if (mtlsRatio === null) continue;
    all += requestsPerSecond;
    encrypted += requestsPerSecond * mtlsRatio;
  }
  return all > 0 ? encrypted / all : null;
}

function edgeOf(
  edge: TopologyEdge,
  { nodes, model }: { readonly nodes: ReadonlyMap<string, TopologyNode>; readonly model: MeshModel },
): SecurityEdge {
  const target = nodes.get(edge.target);
  const service = target?.kind === "service" ? model.services[`${target.namespace}/${target.name}`] : undefined;
  return {
    id: edge.id,
    source: edge.source,
    target: edge.target,
    protocol: edge.protocol,
    requestsPerSecond: edge.requestsPerSecond,
    deniedPerSecond: edge.deniedPerSecond,
    mtlsRatio: edge.mtlsRatio,
    encrypted: edge.mtls,
    sourceIdentities: nodes.get(edge.source)?.identities ?? [],
    targetIdentities: [...(service?.identities ?? target?.identities ?? [])],
  };
}

function workloadsOf(
  topology: Topology,
  { model, facts }: { readonly model: MeshModel; readonly facts: ControllerFacts },
): SecurityWorkload[] {
  const connected = new Set(
    facts.proxies.map(({ namespace, pod }) => (pod.includes("/") ? pod : `${namespace}/${pod}`)),
  );
  const certificates = new Map(
    facts.certificates.filter(({ kind }) => kind === "workload").map((one) => [one.identity, one] as const),
  );
  const meshPods = new Map<string, string[]>();
  for (const pod of Object.values(model.workloads)) {
    meshPods.set(pod.workload, [...(meshPods.get(pod.workload) ?? []), pod.key]);
  }
  return topology.nodes
    .filter(({ kind }) => kind !== "service" && kind !== "external")
    .map((node) => {
      const pods = meshPods.get(node.id) ?? [];
      return {
        id: node.id,
        kind: node.kind,
        namespace: node.namespace,
        name: node.name,
        pods: {
          total: node.pods?.total ?? pods.length,
          withSidecar: pods.length,
          connected: pods.filter((pod) => connected.has(pod)).length,
        },
        identities: node.identities.map((identity) => ({
          key: identity,
          spiffeId: model.identities[identity]?.spiffeId ?? "",
          certificate: certificates.get(identity) ?? null,
        })),
      };
    });
}

function plainEdges(edges: readonly SecurityEdge[]): Plaintext[] {
  return edges
    .filter(({ encrypted }) => encrypted === false)
    .map(({ id, target, mtlsRatio }) => ({
      kind: "edge",
      id,
      namespace: target.split("/")[0] ?? "",
      reason: `${Math.round((1 - (mtlsRatio ?? 0)) * 100)} % of its connections were made without mutual TLS.`,
      hint: "Give both ends a sidecar: restart their pods in a namespace of the mesh.",
    }));
}

function plainPods(pods: readonly PodWithoutSidecar[]): Plaintext[] {
  return pods.map(({ namespace, name, reason, hint }) => ({
    kind: "pod",
    id: `${namespace}/${name}`,
    namespace,
    reason,
    hint,
  }));
}

/** By the policy of now; policy may have changed since the call was refused, and then that is said. */
function whyDenied(model: MeshModel, call: Call): string {
  const { sourceIdentity, destinationService: service, method, path } = call;
  if (sourceIdentity === null || service === null) return call.details ?? "The caller showed no identity of this mesh.";
  const explanation = explain(model, {
    sourceIdentity,
    service,
    ...(method === null ? {} : { method }),
    ...(path === null ? {} : { path }),
  });
  if (explanation.allowed) return "It was refused then. Policy lets it in now.";
  return explanation.missing.map(({ sentence }) => sentence).join(" ");
}
