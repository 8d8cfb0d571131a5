import type { Picture, PictureEdge } from "../picture";
import { indexOf } from "../picture-index";
import type { ListedEdge } from "./edge-list";

/** Edges as a node's panel lists them: by what is at their other end. */
export function listedEdges(
  picture: Picture,
  edges: readonly PictureEdge[],
  end: "from" | "to",
): readonly ListedEdge[] {
  const { nodes } = indexOf(picture);
  return edges.flatMap(({ id, edge, [end]: other }) => {
    const node = nodes.get(other);
    if (edge === null || node === undefined) return [];
    return [{ id, edge, name: node.name, note: node.folded === null ? node.namespace : "folded" }];
  });
}
