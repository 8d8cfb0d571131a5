"use client";
import { useMemo } from "react";
import type { Picture } from "@/components/graph/picture";
import type { DiffKind, EdgeDiff, TopologyDiff } from "@/lib/topology/diff";
import { DIFF_SIGN, diffLabel } from "./diff-text";
import { useCompared } from "./use-compared";

/** The picture with the differences of two compared moments on its edges and nodes; as it is when nothing is compared. */
export function useMarkedPicture(picture: Picture): Picture {
  const diff = useCompared()?.diff ?? null;
  return useMemo(() => (diff === null ? picture : markedPicture(picture, diff)), [picture, diff]);
}

/** Drawn edges and nodes may carry a mark (lib/picture); a folded edge says how many of its calls differ. */
export function markedPicture(picture: Picture, diff: TopologyDiff): Picture {
  const byId = new Map(diff.edges.map((edge) => [edge.id, edge]));
  const edges = picture.edges.map((edge) => {
    const found = edge.calls.flatMap((id) => byId.get(id) ?? []);
    return found.length === 0 ? edge : { ...edge, diff: edgeMark(found) };
  });
  const nodes = picture.nodes.map((node) => {
    const kind = diff.nodes.get(node.id) ?? (node.workload ? diff.nodes.get(node.workload.id) : undefined);
    return kind === undefined ? node : { ...node, diff: { kind, label: DIFF_SIGN[kind] } };
  });
  return { ...picture, edges, nodes };
}

function edgeMark(found: readonly EdgeDiff[]): { readonly kind: DiffKind; readonly label: string } {
  const [first] = found;
  if (found.length === 1 && first) return { kind: first.kind, label: diffLabel(first) };
  const kinds = new Set(found.map(({ kind }) => kind));
  const kind = kinds.size === 1 ? (first?.kind ?? "changed") : "changed";
  return { kind, label: `${DIFF_SIGN[kind]} ${found.length} edges` };
}
