/** Which nodes and edges a picture has and what each stands for: everything about it that no figure changes. */
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import type { FoundInPicture, Grouping, Level, PictureEdge } from "./picture";
import { type Folding, foldingOf } from "./picture-folding";
import { backingEdges, splitEdges } from "./picture-joins";

export interface Choice {
  readonly level: Level;
  readonly scope: ReadonlySet<string> | null;
  readonly open: ReadonlySet<string>;
  readonly grouping: Grouping;
  readonly without: FoundInPicture | null;
}

/** Indices of topology edges within a folded group, into it and out of it. */
interface Flows {
  readonly inside: number[];
  readonly into: number[];
  readonly out: number[];
}

export interface PlannedNode {
  readonly id: string;
  readonly group: string;
  /** Indices of topology nodes: the one it stands for, then the workload folded in; all of them when it is a folded group. */
  readonly members: readonly number[];
  /** null unless it is a folded group. */
  readonly flows: Flows | null;
}

export interface PlannedEdge extends Omit<PictureEdge, "edge"> {
  /** Indices of topology edges. */
  readonly members: readonly number[];
  readonly isFolded: boolean;
}

export interface Structure {
  readonly nodes: readonly PlannedNode[];
  readonly edges: readonly PlannedEdge[];
  readonly shownAs: ReadonlyMap<string, string>;
}

export function structureOf(topology: Topology, choice: Choice): Structure {
  const folding = foldingOf(topology, choice);
  const kept = keptOf(topology, choice, folding);
  const nodes = plannedNodes(topology, folding, {
    kept: kept.nodes,
    flows: flowsOf(topology, folding, kept.edges),
  });
  const drawn = new Set(nodes.map((node) => node.id));
  const joins = [...splitEdges(topology, folding, kept.edges), ...backingEdges(topology, folding)].filter(
    ({ from, to }) => drawn.has(from) && drawn.has(to),
  );
  return {
    nodes: nodes.sort(byId),
    edges: [...plannedCalls(topology, folding, kept.edges), ...joins].sort(byId),
    shownAs: new Map(topology.nodes.map((node, at) => [node.id, folding.shown[at] ?? node.id])),
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** What scope and filters leave: which topology nodes, and the indices of topology edges. */
function keptOf(
  { nodes, edges }: Topology,
  { scope, without }: Choice,
  { source, target, shown, isGroup }: Folding,
): { readonly nodes: readonly boolean[]; readonly edges: readonly number[] } {
  const inScope = nodes.map((node) => scope === null || scope.has(node.namespace));
  const near = new Set<string>();
  const keptEdges: number[] = [];
  edges.forEach((edge, edgeIndex) => {
    const from = source[edgeIndex] ?? -1;
    const to = target[edgeIndex] ?? -1;
    if (!inScope[from] && !inScope[to]) return;
    if (without?.edges.has(edge.id) || without?.nodes.has(edge.source) || without?.nodes.has(edge.target)) return;
    keptEdges.push(edgeIndex);
    if (scope === null) return;
    for (const end of [from, to]) near.add((isGroup[end] ? nodes[end]?.id : shown[end]) ?? "");
  });
  const keptNodes = nodes.map(({ id }, at) => {
    if (without?.nodes.has(id)) return false;
    return inScope[at] === true || near.has((isGroup[at] ? id : shown[at]) ?? "");
  });
  return { nodes: keptNodes, edges: keptEdges };
}

/** What flows within each folded group, into it and out of it. */
function flowsOf({ edges }: Topology, folding: Folding, kept: readonly number[]): ReadonlyMap<string, Flows> {
  const flows = new Map<string, Flows>();
  const of = (group: string): Flows => {
    const found = flows.get(group) ?? { inside: [], into: [], out: [] };
    flows.set(group, found);
    return found;
  };
  for (const at of kept) {
    const { from, to, fromGroup, toGroup } = endsOf(edges, at, folding);
    if (fromGroup && from === to) of(from).inside.push(at);
    else {
      if (fromGroup) of(from).out.push(at);
      if (toGroup) of(to).into.push(at);
    }
  }
  return flows;
}

type OpenEdge = PlannedEdge & { readonly members: number[]; readonly calls: string[] };

/** Edges as drawn. Requests and connections of TCP are not added up: there is one edge for each. */
function plannedCalls({ edges }: Topology, folding: Folding, kept: readonly number[]): readonly PlannedEdge[] {
  const planned: OpenEdge[] = [];
  // By end and by end: a text for each topology edge, only to look it up, would cost more than all the rest.
  const folded = { http: new Map<string, Map<string, OpenEdge>>(), tcp: new Map<string, Map<string, OpenEdge>>() };
  for (const at of kept) {
    const edge = edges[at];
    if (edge === undefined) continue;
    const { from, to, fromGroup, toGroup } = endsOf(edges, at, folding);
    const isFolded = fromGroup || toGroup;
    if (!isFolded) {
      planned.push({ id: edge.id, from, to, kind: "call", calls: [edge.id], members: [at], isFolded });
      continue;
    }
    if (from === to) continue;
    const kind = edge.protocol === "tcp" ? "tcp" : "http";
    const outOf = folded[kind].get(from) ?? new Map<string, OpenEdge>();
    folded[kind].set(from, outOf);
    const found = outOf.get(to);
    if (found !== undefined) {
      found.calls.push(edge.id);
      found.members.push(at);
      continue;
    }
    const id = `${from}>${to}${kind === "tcp" ? "|tcp" : ""}`;
    const made: OpenEdge = { id, from, to, kind: "call", calls: [edge.id], members: [at], isFolded };
    outOf.set(to, made);
    planned.push(made);
  }
  return planned;
}

/** Between which nodes the edge at `at` is drawn, and which of them are folded groups. */
function endsOf(edges: readonly TopologyEdge[], at: number, { source, target, shown, isGroup }: Folding) {
  const from = source[at] ?? -1;
  const to = target[at] ?? -1;
  return {
    from: shown[from] ?? edges[at]?.source ?? "",
    to: shown[to] ?? edges[at]?.target ?? "",
    fromGroup: isGroup[from] === true,
    toGroup: isGroup[to] === true,
  };
}

function plannedNodes(
  { nodes }: Topology,
  { shown, group, isGroup }: Folding,
  { kept, flows }: { readonly kept: readonly boolean[]; readonly flows: ReadonlyMap<string, Flows> },
): PlannedNode[] {
  const planned = new Map<string, PlannedNode & { readonly members: number[] }>();
  nodes.forEach(({ id }, at) => {
    if (!kept[at]) return;
    const standsFor = shown[at] ?? id;
    if (isGroup[at]) {
      const found = planned.get(standsFor);
      const own = flows.get(standsFor) ?? { inside: [], into: [], out: [] };
      if (found === undefined) planned.set(standsFor, { id: standsFor, group: "", members: [at], flows: own });
      else found.members.push(at);
    } else if (standsFor === id) planned.set(id, { id, group: group[at] ?? "", members: [at], flows: null });
  });
  // A workload after the service it is folded into.
  nodes.forEach(({ id }, at) => {
    const service = shown[at];
    if (!isGroup[at] && service !== undefined && service !== id) planned.get(service)?.members.push(at);
  });
  return [...planned.values()];
}
