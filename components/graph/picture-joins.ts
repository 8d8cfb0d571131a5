/** Lines that are no calls: from a split's root to its backends, and from a service to workloads that stand for themselves. */
import type { Topology } from "@/lib/contract/topology";
import type { Folding } from "./picture-folding";
import type { PlannedEdge } from "./picture-structure";

/** From each split's root to its backends, known by the edges that were measured or allowed. */
export function splitEdges(
  { edges }: Topology,
  { index, target, shown }: Folding,
  kept: readonly number[],
): readonly PlannedEdge[] {
  const pairs = new Map<string, PlannedEdge>();
  for (const at of kept) {
    const edge = edges[at];
    if (edge === undefined || edge.splitRoot === null) continue;
    const from = shown[index.get(edge.splitRoot) ?? -1];
    const to = shown[target[at] ?? -1];
    if (from === undefined || to === undefined || from === to) continue;
    const id = `split:${from}>${to}`;
    pairs.set(id, { id, from, to, kind: "split", ...NO_CALLS });
  }
  return [...pairs.values()];
}

/** From a service to workloads that stand for themselves; a split's root is joined to its backends already. */
export function backingEdges({ nodes }: Topology, { index, shown, isGroup }: Folding): readonly PlannedEdge[] {
  return nodes.flatMap((service, at) => {
    if (service.kind !== "service" || service.split !== null || isGroup[at]) return [];
    return service.related
      .filter((workload) => shown[index.get(workload) ?? -1] === workload)
      .map(
        (to): PlannedEdge => ({ id: `backs:${service.id}>${to}`, from: service.id, to, kind: "backs", ...NO_CALLS }),
      );
  });
}

const NO_CALLS = { calls: [], members: [], isFolded: false } as const;
