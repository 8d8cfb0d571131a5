/** Walking the picture by keyboard: left to callers, right to callees, up and down among siblings. */
import type { Picture, PictureEdge } from "./picture";

export type Direction = "left" | "right" | "up" | "down";

export interface Step {
  readonly node: string;
  /** The edge that was followed; null when moving among siblings. */
  readonly edge: PictureEdge | null;
}

/** Where a key leads from a node; null when there is nothing that way. Busiest neighbour first, then by id. */
export function walk(picture: Picture, from: string, direction: Direction, cameFrom: string | null): Step | null {
  if (direction === "left" || direction === "right") {
    const [edge] = edgesOf(picture, from, direction);
    return edge ? { node: direction === "left" ? edge.from : edge.to, edge } : null;
  }
  const siblings = siblingsOf(picture, from, cameFrom);
  const at = siblings.indexOf(from);
  const next = siblings[at + (direction === "down" ? 1 : -1)];
  return next === undefined ? null : { node: next, edge: joining(picture, next, cameFrom) };
}

/** Edges into (left) or out of (right) a node, without loops, in the order the keys walk them. */
export function edgesOf(picture: Picture, node: string, direction: "left" | "right"): readonly PictureEdge[] {
  return picture.edges
    .filter((edge) => edge.from !== edge.to && (direction === "left" ? edge.to : edge.from) === node)
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
}

function weight(edge: PictureEdge): number {
  return edge.edge === null ? -1 : edge.edge.requestsPerSecond + edge.edge.deniedPerSecond;
}

/** Other callees of the caller one came from (or other callers of the callee); else the nodes of its namespace. */
function siblingsOf(picture: Picture, node: string, cameFrom: string | null): readonly string[] {
  if (cameFrom !== null) {
    const out = unique(edgesOf(picture, cameFrom, "right").map((edge) => edge.to));
    if (out.includes(node)) return out;
    const into = unique(edgesOf(picture, cameFrom, "left").map((edge) => edge.from));
    if (into.includes(node)) return into;
  }
  const namespace = picture.nodes.find((each) => each.id === node)?.namespace;
  const same = picture.nodes.filter((each) => each.namespace === namespace).map((each) => each.id);
  // Alone in its namespace: up and down go through all, so that no node is out of reach.
  return same.length > 1 ? same : picture.nodes.map((each) => each.id);
}

function joining(picture: Picture, node: string, cameFrom: string | null): PictureEdge | null {
  return (
    picture.edges.find(
      (edge) => (edge.from === cameFrom && edge.to === node) || (edge.to === cameFrom && edge.from === node),
    ) ?? null
  );
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}
