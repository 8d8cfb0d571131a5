/** What the reader chose to leave out, as ids of topology nodes and edges. */
import type { Topology, TopologyNode } from "@/lib/contract/topology";
import { edgeStatus, nodeStatus } from "@/lib/picture/status";
import { find } from "@/lib/topology/find/find";
import type { GraphChoice } from "./graph-choice";
import type { FoundInPicture } from "./picture";

type Filters = Pick<GraphChoice, "hide" | "withoutIdle" | "withoutUnused" | "onlyProblems">;

/** null when nothing is left out. A hide expression that cannot be read leaves nothing out. */
export function withoutOf(topology: Topology, filters: Filters): FoundInPicture | null {
  const parts = [
    hidden(topology, filters.hide),
    filters.withoutIdle ? idle(topology) : null,
    filters.withoutUnused ? unused(topology) : null,
    filters.onlyProblems ? healthy(topology) : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return {
    nodes: new Set(parts.flatMap((part) => [...part.nodes])),
    edges: new Set(parts.flatMap((part) => [...part.edges])),
  };
}

const NOTHING: ReadonlySet<string> = new Set();

function hidden(topology: Topology, text: string): FoundInPicture | null {
  const result = find(topology, text);
  return result.ok && result.nodes !== null && result.edges !== null
    ? { nodes: result.nodes, edges: result.edges }
    : null;
}

function idle(topology: Topology): FoundInPicture | null {
  const result = find(topology, "idle");
  return result.ok && result.nodes !== null ? { nodes: result.nodes, edges: NOTHING } : null;
}

function unused({ edges }: Topology): FoundInPicture {
  const left = edges.filter((edge) => edge.allowed && edge.requestsPerSecond === 0 && edge.deniedPerSecond === 0);
  return { nodes: NOTHING, edges: new Set(left.map((edge) => edge.id)) };
}

/** All but what is not well: edges in trouble with their ends, and nodes that are degraded or failing by themselves. */
function healthy({ nodes, edges }: Topology): FoundInPicture {
  const trouble = edges.filter((edge) => {
    const status = edgeStatus(edge);
    return (status !== "healthy" && status !== "idle") || edge.deniedPerSecond > 0 || (edge.mtlsRatio ?? 1) < 1;
  });
  const kept = new Set(trouble.flatMap((edge) => [edge.source, edge.target]));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) if (isUnwell(node)) kept.add(node.id);
  // A workload is drawn in its service, so the service stays with it.
  for (const id of [...kept]) for (const other of byId.get(id)?.related ?? []) kept.add(other);
  const keptEdges = new Set(trouble.map((edge) => edge.id));
  return {
    nodes: new Set(nodes.filter((node) => !kept.has(node.id)).map((node) => node.id)),
    edges: new Set(edges.filter((edge) => !keptEdges.has(edge.id)).map((edge) => edge.id)),
  };
}

function isUnwell(node: TopologyNode): boolean {
  return nodeStatus({ node, pods: node.pods, folded: null }) !== "healthy";
}
