/**
 * What is drawn of a topology. At the level "services" a workload is folded into the one service that is only its own, so that a
 * small mesh is a few nodes and not twice as many; at "workloads" everything stands for itself. Edge ids stay those of the topology.
 */
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";

export type Level = "services" | "workloads";
export type NodeShape = "service" | "workload" | "tcp" | "external";

export interface PictureNode {
  /** Id of the topology node it stands for: the service's when a workload is folded in. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly shape: NodeShape;
  readonly node: TopologyNode;
  /** The workload folded in. */
  readonly workload: TopologyNode | null;
  readonly version: string | null;
  readonly pods: { readonly ready: number; readonly total: number } | null;
}

export interface PictureEdge {
  readonly id: string;
  /** Ids of picture nodes. */
  readonly from: string;
  readonly to: string;
  /** call: measured or allowed. split: a split's root to its backends. backs: a service to its workloads. */
  readonly kind: "call" | "split" | "backs";
  /** null unless it is a call. */
  readonly edge: TopologyEdge | null;
}

export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** From any topology node's id to the picture node that shows it. */
  readonly shownAs: ReadonlyMap<string, string>;
}

/** What a search found: ids of picture nodes and of edges. */
export interface FoundInPicture {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export interface PictureOptions {
  readonly level: Level;
  /** Namespaces to show, with the far ends of their edges; null for all. */
  readonly scope: ReadonlySet<string> | null;
}

/** Deterministic: nodes and edges sorted by id. */
export function makePicture(topology: Topology, { level, scope }: PictureOptions): Picture {
  const byId = new Map(topology.nodes.map((node) => [node.id, node]));
  const folded = level === "services" ? foldedInto(topology.nodes, byId) : new Map<string, string>();
  const shownAs = new Map(topology.nodes.map((node) => [node.id, folded.get(node.id) ?? node.id]));

  const edges: PictureEdge[] = topology.edges.map((edge) => ({
    id: edge.id,
    from: shownAs.get(edge.source) ?? edge.source,
    to: shownAs.get(edge.target) ?? edge.target,
    kind: "call",
    edge,
  }));
  edges.push(...splitEdges(topology, shownAs), ...backingEdges(topology.nodes, shownAs));

  const inScope = (id: string) => scope === null || scope.has(byId.get(id)?.namespace ?? "");
  const kept = edges.filter((each) => inScope(each.from) || inScope(each.to));
  const near = new Set(kept.flatMap((each) => [each.from, each.to]));
  const workloadOf = new Map([...folded].map(([workload, service]) => [service, byId.get(workload) ?? null]));
  const nodes = topology.nodes
    .filter((node) => shownAs.get(node.id) === node.id && (inScope(node.id) || near.has(node.id)))
    .map((node) => pictureNode(node, workloadOf.get(node.id) ?? null));
  return { nodes: nodes.sort(byIdOrder), edges: kept.sort(byIdOrder), shownAs };
}

function byIdOrder(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function pictureNode(node: TopologyNode, workload: TopologyNode | null): PictureNode {
  const shape =
    node.kind === "external"
      ? "external"
      : node.kind === "service"
        ? node.protocol === "tcp"
          ? "tcp"
          : "service"
        : "workload";
  return {
    id: node.id,
    namespace: node.namespace,
    name: node.name,
    shape,
    node,
    workload,
    version: workload?.version ?? node.version,
    pods: workload?.pods ?? node.pods,
  };
}

/** Workload id to the service it is folded into: one whose only workload it is; of several the one with its name, else the first. */
function foldedInto(nodes: readonly TopologyNode[], byId: ReadonlyMap<string, TopologyNode>): Map<string, string> {
  const folded = new Map<string, string>();
  for (const workload of nodes) {
    if (workload.kind === "service" || workload.kind === "external") continue;
    const own = workload.related.filter((id) => byId.get(id)?.related.length === 1).sort();
    const chosen = own.find((id) => byId.get(id)?.name === workload.name) ?? own[0];
    if (chosen !== undefined) folded.set(workload.id, chosen);
  }
  return folded;
}

/** From each split's root to its backends, known by the edges that were measured or allowed. */
function splitEdges(topology: Topology, shownAs: ReadonlyMap<string, string>): PictureEdge[] {
  const pairs = new Map<string, PictureEdge>();
  for (const { splitRoot, target } of topology.edges) {
    const from = splitRoot === null ? undefined : shownAs.get(splitRoot);
    const to = shownAs.get(target);
    if (from === undefined || to === undefined || from === to) continue;
    const id = `split:${from}>${to}`;
    pairs.set(id, { id, from, to, kind: "split", edge: null });
  }
  return [...pairs.values()];
}

/** From a service to workloads that stand for themselves; a split's root is joined to its backends already. */
function backingEdges(nodes: readonly TopologyNode[], shownAs: ReadonlyMap<string, string>): PictureEdge[] {
  return nodes
    .filter((node) => node.kind === "service" && node.split === null)
    .flatMap((service) =>
      service.related
        .filter((workload) => shownAs.get(workload) === workload)
        .map(
          (workload): PictureEdge => ({
            id: `backs:${service.id}>${workload}`,
            from: service.id,
            to: workload,
            kind: "backs",
            edge: null,
          }),
        ),
    );
}

/** Changes when nodes or edges come or go, never when only figures do. */
export function structureKey(picture: Picture): string {
  return [...picture.nodes.map((node) => node.id), "", ...picture.edges.map((edge) => edge.id)].join("\n");
}
