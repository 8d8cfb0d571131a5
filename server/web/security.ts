/** GET /api/security: what is encrypted, by which certificates, and what was refused. */
import type { Certificate, Proxy as ConnectedProxy } from "@/lib/contract/admin";
import type { CallKinds } from "@/lib/contract/call-kinds";
import type { Call } from "@/lib/contract/calls";
import type { Plaintext, Security, SecurityEdge, SecurityWorkload, WithoutSidecar } from "@/lib/contract/security";
import type { Partial, Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import { parseNodeId } from "@/lib/kube/refs";
import type { MeshModel } from "@/lib/mesh/model";
import { encryptedShare, flowsOf } from "@/lib/topology/flows";
import { deniedKindsOf, whyDenied } from "./denied-kinds";
import { type Frame, topologyOf } from "./frame";
import { certificatesOf } from "./security-certificates";
import type { WebSettings } from "./settings";
import { workloadsWithoutSidecar } from "./without-sidecar";

/** What only the controller knows. */
export interface ControllerFacts {
  readonly certificates: readonly Certificate[];
  readonly proxies: readonly ConnectedProxy[];
  /** Newest first. */
  readonly calls: readonly Call[];
  /** Refused calls of the last hour by kind; null when it was not said. */
  readonly denied: CallKinds | null;
  readonly partial: readonly Partial[];
}

export const NO_CONTROLLER_FACTS: ControllerFacts = {
  certificates: [],
  proxies: [],
  calls: [],
  denied: null,
  partial: [],
};

const MOST_DENIED = 200;

export function securityOf(
  frame: Frame,
  facts: ControllerFacts,
  scope: Pick<WebSettings, "meshName" | "controlNamespace">,
): Security {
  const topology = topologyOf(frame);
  const { model, objects } = frame.mesh;
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  const edges = topology.edges.map((edge) => edgeOf(edge, { nodes, model }));
  const without = workloadsWithoutSidecar(objects, scope);
  return {
    at: frame.at,
    windowSeconds: frame.windowSeconds,
    queries: topology.queries,
    encryptedShare: encryptedShare(topology.edges),
    edges,
    workloads: workloadsOf(topology, { model, facts }),
    root: facts.certificates.find((certificate) => certificate.kind === "root") ?? null,
    plaintext: [...plainEdges(edges), ...plainWorkloads(without)],
    withoutSidecar: without,
    flows: flowsOf(topology.edges),
    certificates: certificatesOf(model, facts),
    denied: facts.denied && {
      since: facts.denied.since,
      dropped: facts.denied.dropped,
      kinds: deniedKindsOf(frame.mesh, facts.denied),
    },
    deniedCalls: facts.calls
      .filter((call) => call.denied)
      .slice(0, MOST_DENIED)
      .map((call) => ({ ...call, why: whyDenied(frame.mesh, call).why })),
    partial: [...frame.partial, ...facts.partial],
  };
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
      namespace: parseNodeId(target).namespace,
      reason: `${Math.round((1 - (mtlsRatio ?? 0)) * 100)} % of its connections were made without mutual TLS.`,
      hint: "Give both ends a sidecar: restart their pods in a namespace of the mesh.",
    }));
}

/** Outside the mesh nothing is promised; within it a pod without a sidecar is a gap. */
function plainWorkloads(workloads: readonly WithoutSidecar[]): Plaintext[] {
  return workloads
    .filter(({ reason }) => reason !== "not-meshed")
    .map(({ id, namespace, sentence, remedy }) => ({
      kind: "workload",
      id,
      namespace,
      reason: sentence,
      hint: remedy,
    }));
}
