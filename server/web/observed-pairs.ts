/** Who called whom, by identity and service, from the edges of a graph (which go from workload to service). */
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import { key } from "@/lib/kube/refs";

export interface ObservedPair {
  /** Identity key. */
  readonly source: string;
  /** Service key. */
  readonly destination: string;
  readonly requestsPerSecond: number;
  readonly deniedPerSecond: number;
}

/**
 * One row per pair. Calls to backends of a split count for the backend and for the root the caller named. A workload that
 * runs as several identities counts for each in equal parts: its sidecars do not say which.
 */
export function observedPairs(topology: Topology): ReadonlyMap<string, ObservedPair> {
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  const pairs = new Map<string, ObservedPair>();
  for (const edge of topology.edges) {
    const identities = nodes.get(edge.source)?.identities ?? [];
    for (const target of targetsOf(edge)) {
      const node = nodes.get(target);
      if (node?.kind !== "service") continue;
      for (const source of identities) add(pairs, { source, destination: key(node) }, share(edge, identities.length));
    }
  }
  return pairs;
}

/** The name a pair has in the map. */
export function pairKey(source: string, destination: string): string {
  return `${source}>${destination}`;
}

function targetsOf(edge: TopologyEdge): readonly string[] {
  return edge.splitRoot === null || edge.splitRoot === edge.target ? [edge.target] : [edge.target, edge.splitRoot];
}

function share(edge: TopologyEdge, parts: number): Pick<ObservedPair, "requestsPerSecond" | "deniedPerSecond"> {
  return { requestsPerSecond: edge.requestsPerSecond / parts, deniedPerSecond: edge.deniedPerSecond / parts };
}

function add(
  pairs: Map<string, ObservedPair>,
  { source, destination }: Pick<ObservedPair, "source" | "destination">,
  more: Pick<ObservedPair, "requestsPerSecond" | "deniedPerSecond">,
): void {
  const id = pairKey(source, destination);
  const known = pairs.get(id);
  pairs.set(id, {
    source,
    destination,
    requestsPerSecond: (known?.requestsPerSecond ?? 0) + more.requestsPerSecond,
    deniedPerSecond: (known?.deniedPerSecond ?? 0) + more.deniedPerSecond,
  });
}
