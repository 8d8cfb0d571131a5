/** Edges added up: how much of what is called is encrypted, and between which namespaces. */
import type { SecurityFlow } from "@/lib/contract/security";
import type { TopologyEdge } from "@/lib/contract/topology";
import { parseNodeId } from "@/lib/kube/refs";

type FlowEdge = Pick<TopologyEdge, "source" | "target" | "requestsPerSecond" | "deniedPerSecond" | "mtlsRatio">;

/** Share of the calls that reached a destination, 0 to 1; null when none did. */
export function encryptedShare(edges: Iterable<Pick<FlowEdge, "requestsPerSecond" | "mtlsRatio">>): number | null {
  let all = 0;
  let encrypted = 0;
  for (const { requestsPerSecond, mtlsRatio } of edges) {
    if (mtlsRatio === null) continue;
    all += requestsPerSecond;
    encrypted += requestsPerSecond * mtlsRatio;
  }
  return all > 0 ? encrypted / all : null;
}

/** Share of the calls from and to each namespace that was encrypted; namespaces nothing was called in or from are left out. */
export function encryptedByNamespace(edges: readonly FlowEdge[]): ReadonlyMap<string, number> {
  const groups = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const ends = new Set([parseNodeId(edge.source).namespace, parseNodeId(edge.target).namespace]);
    for (const end of ends) {
      const group = groups.get(end);
      if (group) group.push(edge);
      else groups.set(end, [edge]);
    }
  }
  const shares = new Map<string, number>();
  for (const [namespace, group] of groups) {
    const share = encryptedShare(group);
    if (share !== null) shares.set(namespace, share);
  }
  return shares;
}

/** One row for each pair of namespaces between which something was called or refused; sorted by source, then target. */
export function flowsOf(edges: readonly FlowEdge[]): SecurityFlow[] {
  const groups = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    if (edge.requestsPerSecond === 0 && edge.deniedPerSecond === 0) continue;
    const pair = `${parseNodeId(edge.source).namespace}>${parseNodeId(edge.target).namespace}`;
    const group = groups.get(pair);
    if (group) group.push(edge);
    else groups.set(pair, [edge]);
  }
  const sum = (group: readonly FlowEdge[], of: (edge: FlowEdge) => number) =>
    group.reduce((total, edge) => total + of(edge), 0);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pair, group]) => {
      const [source = "", target = ""] = pair.split(">");
      return {
        source,
        target,
        edges: group.length,
        plaintextEdges: group.filter(({ mtlsRatio }) => mtlsRatio !== null && mtlsRatio < 1).length,
        requestsPerSecond: sum(group, (edge) => edge.requestsPerSecond),
        deniedPerSecond: sum(group, (edge) => edge.deniedPerSecond),
        encryptedShare: encryptedShare(group),
      };
    });
}
