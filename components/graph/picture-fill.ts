/** The figures of now, put into a picture's structure. What did not change keeps its object, so that drawing can tell. */

import type { Status } from "@/components/ui/status-mark";
import type { Topology, TopologyNode } from "@/lib/contract/topology";
import { nodeStatus } from "@/lib/picture/status";
import { callsOf, countParts, errorRatioOf, foldCalls, mtlsOf, sum } from "./fold";
import type { Picture, PictureEdge, PictureNode } from "./picture";
import type { PlannedEdge, PlannedNode, Structure } from "./picture-structure";

/** `before`: the picture of the same structure made last. */
export function fillPicture(structure: Structure, topology: Topology, before: Picture | null): Picture {
  return {
    nodes: structure.nodes.map((planned, at) => filledNode(planned, topology, before?.nodes[at])),
    edges: structure.edges.map((planned, at) => filledEdge(planned, topology, before?.edges[at])),
    shownAs: structure.shownAs,
  };
}

function filledEdge(planned: PlannedEdge, { edges }: Topology, before: PictureEdge | undefined): PictureEdge {
  const { id, from, to, kind, calls, members, isFolded } = planned;
  if (kind !== "call") return before ?? { id, from, to, kind, edge: null, calls };
  if (!isFolded) {
    const edge = edges[members[0] ?? -1] ?? null;
    return before?.edge === edge ? before : { id, from, to, kind, edge, calls };
  }
  return { id, from, to, kind, edge: foldCalls({ id, source: from, target: to }, pick(edges, members)), calls };
}

function filledNode(planned: PlannedNode, topology: Topology, before: PictureNode | undefined): PictureNode {
  if (planned.flows !== null) return foldedNode(planned, topology);
  const { nodes } = topology;
  const node = nodes[planned.members[0] ?? -1];
  const workload = nodes[planned.members[1] ?? -1] ?? null;
  if (node === undefined) throw new Error(`no topology node for ${planned.id}`);
  if (before?.node === node && before.workload === workload) return before;
  return pictureNode(node, workload, planned.group);
}

function pictureNode(node: TopologyNode, workload: TopologyNode | null, group: string): PictureNode {
  const service = node.protocol === "tcp" ? "tcp" : "service";
  return {
    id: node.id,
    namespace: node.namespace,
    name: node.name,
    shape: node.kind === "external" ? "external" : node.kind === "service" ? service : "workload",
    node,
    workload,
    version: workload?.version ?? node.version,
    pods: workload?.pods ?? node.pods,
    group,
    folded: null,
  };
}

function foldedNode({ id, members, flows }: PlannedNode, { nodes, edges }: Topology): PictureNode {
  const inside = pick(edges, flows?.inside ?? []);
  const into = pick(edges, flows?.into ?? []);
  const out = pick(edges, flows?.out ?? []);
  const received = [...inside, ...into];
  const parts = pick(nodes, members);
  const states = statesOf(parts);
  const group = id.slice(id.indexOf("/") + 1);
  const pods = parts.flatMap((node) => node.pods ?? []);
  const counted =
    pods.length === 0 ? null : { ready: sum(pods, (each) => each.ready), total: sum(pods, (each) => each.total) };
  const namespaces = new Set(parts.map((node) => node.namespace));
  const namespace = namespaces.size === 1 ? (parts[0]?.namespace ?? "") : "";
  const node: TopologyNode = {
    id,
    kind: "namespace",
    namespace,
    name: group,
    meshed: parts.some((each) => each.meshed),
    version: null,
    identities: [],
    related: [],
    pods: counted,
    split: null,
    protocol: null,
    inPerSecond: callsOf(received),
    outPerSecond: callsOf([...inside, ...out]),
    errorRatio: errorRatioOf(received),
    problems: sum(parts, (each) => each.problems),
  };
  return {
    id,
    namespace,
    name: group,
    shape: "namespace",
    node,
    workload: null,
    version: null,
    pods: counted,
    group: "",
    folded: {
      group,
      services: parts.filter((each) => each.kind === "service" || each.kind === "external").length,
      workloads: parts.filter((each) => each.kind !== "service" && each.kind !== "external").length,
      total: states.length,
      failing: states.filter((state) => state === "failing").length,
      degraded: states.filter((state) => state === "degraded").length,
      inside: countParts(inside),
      insidePerSecond: callsOf(inside),
      insideDeniedPerSecond: sum(inside, (edge) => edge.deniedPerSecond),
      mtlsRatio: mtlsOf(received),
      members: parts.map((each) => each.id),
    },
  };
}

/** States of services and workloads, a service and the workload that is only its own as one: as they would be drawn. */
function statesOf(parts: readonly TopologyNode[]): readonly Status[] {
  const byId = new Map(parts.map((node) => [node.id, node]));
  const folded = new Set<string>();
  for (const { kind, related } of parts) if (kind === "service" && related.length === 1) folded.add(related[0] ?? "");
  return parts
    .filter((node) => !folded.has(node.id))
    .map((node) => {
      const workload =
        node.kind === "service" && node.related.length === 1 ? byId.get(node.related[0] ?? "") : undefined;
      return nodeStatus({ node, pods: workload?.pods ?? node.pods, folded: null });
    });
}

function pick<Item>(items: readonly Item[], indices: readonly number[]): Item[] {
  const picked: Item[] = [];
  for (const index of indices) {
    const item = items[index];
    if (item !== undefined) picked.push(item);
  }
  return picked;
}
