/** Keeping places: what has one keeps it; what is new goes beside its neighbours. */
import type { LayoutNode, Places, Point } from "./flow";
import type { Link } from "./layered";

/** With more new nodes than this share, the picture is another one: it is laid out as a whole. */
const MAX_NEW_SHARE = 0.4;
/** Two nodes nearer than this would hide each other's names. */
const CLEAR = { x: 150, y: 90 };
const STEP = 104;

/** Whether so much is new that the picture is laid out as a whole. */
export function isAnotherPicture(nodes: readonly LayoutNode[], kept: Places): boolean {
  const fresh = nodes.filter((node) => !kept.has(node.id)).length;
  return fresh > nodes.length * MAX_NEW_SHARE;
}

/** Places for every node: the kept ones unmoved, new ones beside what they call or are called by. */
export function placesBeside(nodes: readonly LayoutNode[], links: readonly Link[], kept: Places): Places {
  const places = new Map(only(nodes, kept));
  const fresh = nodes.filter((node) => !kept.has(node.id));
  for (const node of fresh.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    places.set(node.id, freeNear(wish(node, nodes, links, places), places));
  }
  return places;
}

/** A whole layout with some nodes where they were put by hand; what it has under them makes room. */
export function withPinned(laid: Places, pinned: Places): Places {
  const places = new Map([...laid].filter(([id]) => !pinned.has(id)));
  const under = [...places].filter(([, point]) => [...pinned.values()].some((pin) => isNear(point, pin)));
  for (const [id] of under) places.delete(id);
  for (const [id, point] of pinned) places.set(id, point);
  for (const [id, point] of under) places.set(id, freeNear(point, places));
  return places;
}

function isNear(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < CLEAR.x && Math.abs(a.y - b.y) < CLEAR.y;
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
    if (!taken.some((each) => isNear(each, point))) return point;
  }
}
