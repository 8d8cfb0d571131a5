/** Keeping places: what has one keeps it; what is new goes beside its neighbours. */
import { flowLayout, type LayoutNode, type Orientation, type Places, type Point } from "./flow";
import type { Link } from "./layered";

/** With more new nodes than this share, the picture is another one: it is laid out as a whole. */
const MAX_NEW_SHARE = 0.4;
/** Two nodes nearer than this would hide each other's names. */
const CLEAR = { x: 150, y: 90 };
const STEP = 104;

interface Kept {
  readonly kept: Places;
  readonly orientation?: Orientation;
}

/** Places for every node: the kept ones unmoved, new ones beside what they call or are called by. */
export function placesFor(
  nodes: readonly LayoutNode[],
  links: readonly Link[],
  { kept, orientation = "wide" }: Kept,
): Places {
  const fresh = nodes.filter((node) => !kept.has(node.id));
  if (fresh.length === 0) return only(nodes, kept);
  if (fresh.length > nodes.length * MAX_NEW_SHARE) return flowLayout(nodes, links, orientation);
  const places = new Map(only(nodes, kept));
  for (const node of [...fresh].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    places.set(node.id, freeNear(wish(node, nodes, links, places), places));
  }
  return places;
}

function only(nodes: readonly LayoutNode[], kept: Places): Places {
  return new Map(
    nodes.flatMap((node) => {
      const place = kept.get(node.id);
      return place ? [[node.id, place] as const] : [];
    }),
  );
}

/** Below the lowest of its namespace, so that the region grows and nothing else is moved; else right of a caller, left of a callee. */
function wish(node: LayoutNode, nodes: readonly LayoutNode[], links: readonly Link[], places: Places): Point {
  const siblings = nodes
    .filter((each) => each.namespace === node.namespace)
    .flatMap((each) => places.get(each.id) ?? []);
  if (siblings.length > 0) {
    const lowest = siblings.reduce((low, point) => (point.y > low.y ? point : low));
    return { x: lowest.x, y: lowest.y + STEP };
  }
  for (const { from, to } of links) {
    const caller = to === node.id ? places.get(from) : undefined;
    if (caller) return { x: caller.x + 260, y: caller.y };
    const callee = from === node.id ? places.get(to) : undefined;
    if (callee) return { x: callee.x - 260, y: callee.y };
  }
  const all = [...places.values()];
  return { x: Math.min(0, ...all.map((point) => point.x)), y: Math.max(0, ...all.map((point) => point.y)) + 2 * STEP };
}

function freeNear(wanted: Point, places: Places): Point {
  const taken = [...places.values()];
  for (let step = 0; ; step += 1) {
    const point = { x: wanted.x, y: wanted.y + step * STEP };
    if (!taken.some((each) => Math.abs(each.x - point.x) < CLEAR.x && Math.abs(each.y - point.y) < CLEAR.y))
      return point;
  }
}
