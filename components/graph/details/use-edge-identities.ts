"use client";
import { useTopology } from "@/components/data/use-topology";
import { useWindow } from "@/components/shell/scope";
import type { TopologyEdge } from "@/lib/contract/topology";

/** ServiceAccounts (`namespace/name`) at both ends of an edge, from the topology the page already has. */
export function useEdgeIdentities(edge: TopologyEdge): {
  readonly source: readonly string[];
  readonly target: readonly string[];
} {
  const { data } = useTopology(useWindow());
  const of = (id: string) => data?.nodes.find((node) => node.id === id)?.identities ?? [];
  return { source: of(edge.source), target: of(edge.target) };
}
