/** Walking the picture by keyboard: left to callers, right to callees, up and down among siblings. */
import type { Picture, PictureEdge, PictureNode } from "./picture";
import { indexOf } from "./picture-index";

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

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
  const next = siblings[siblingAt(siblings, from, direction)];
  return next === undefined || next === from ? null : { node: next, edge: joining(picture, next, cameFrom) };
}

function siblingAt(siblings: readonly string[], from: string, direction: Direction): number {
  if (direction === "first") return 0;
  if (direction === "last") return siblings.length - 1;
  return siblings.indexOf(from) + (direction === "down" ? 1 : -1);
}

const NONE: readonly PictureEdge[] = [];

/** Edges into (left) or out of (right) a node, without loops, in the order the keys walk them. */
export function edgesOf(picture: Picture, node: string, direction: "left" | "right"): readonly PictureEdge[] {
  const { into, out } = indexOf(picture);
  return (direction === "left" ? into : out).get(node) ?? NONE;
}

/** Other callees of the caller one came from (or other callers of the callee); else the nodes of its group. */
function siblingsOf(picture: Picture, node: string, cameFrom: string | null): readonly string[] {
  if (cameFrom !== null) {
    const out = unique(edgesOf(picture, cameFrom, "right").map((edge) => edge.to));
    if (out.includes(node)) return out;
    const into = unique(edgesOf(picture, cameFrom, "left").map((edge) => edge.from));
    if (into.includes(node)) return into;
  }
  const group = indexOf(picture).nodes.get(node)?.group;
  const same = picture.nodes.filter((each) => each.group === group).map((each) => each.id);
  // Alone in its group: up and down go through all, so that no node is out of reach.
  return same.length > 1 ? same : picture.nodes.map((each) => each.id);
}

function joining(picture: Picture, node: string, cameFrom: string | null): PictureEdge | null {
  if (cameFrom === null) return null;
  return (
    edgesOf(picture, cameFrom, "right").find((edge) => edge.to === node) ??
    edgesOf(picture, cameFrom, "left").find((edge) => edge.from === node) ??
    null
  );
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}

/** Where the keyboard enters: at the node that calls most. */
export function busiestNode(picture: Picture): string | null {
  let busiest: PictureNode | null = null;
  for (const node of picture.nodes) if (busiest === null || sent(node) > sent(busiest)) busiest = node;
  return busiest?.id ?? null;
}

function sent({ node, workload }: PictureNode): number {
  return node.outPerSecond + (workload?.outPerSecond ?? 0);
}

/** Where a node is now that is not drawn any more: in the group that was folded over it, or the busiest of the group that was opened. */
export function stillThere(picture: Picture, id: string): string | null {
  const { nodes } = indexOf(picture);
  if (nodes.has(id)) return id;
  const shown = picture.shownAs.get(id);
  if (shown !== undefined && nodes.has(shown)) return shown;
  if (!id.startsWith("_/")) return null;
  const group = id.slice(2);
  return busiestNode({ ...picture, nodes: picture.nodes.filter((node) => node.group === group) });
}

/** The next node after `from` whose name begins with what was typed, else has it; around the end to the beginning. */
export function jump(picture: Picture, from: string | null, typed: string): string | null {
  const wanted = typed.toLowerCase();
  const at = picture.nodes.findIndex((node) => node.id === from);
  // The node one is at comes first: typing on must not leave it while it fits.
  const order = [...picture.nodes.slice(Math.max(0, at)), ...picture.nodes.slice(0, Math.max(0, at))];
  const named = (fits: (name: string) => boolean) => order.find((node) => fits(node.name.toLowerCase()))?.id;
  return named((name) => name.startsWith(wanted)) ?? named((name) => name.includes(wanted)) ?? null;
}
