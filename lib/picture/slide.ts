/** Nodes on their way to where they stand, so that one sees where something came from and went. The scene itself is at its end at once. */
import type { Scene } from "./scene";

export interface Slide {
  /** Where everything is on the way: its columns of places are written anew by each step. */
  readonly scene: Scene;
  readonly from: Columns;
  readonly to: Columns;
}

type Columns = Pick<Scene, "x" | "y">;

/** Of more than this each step would cost more than a frame has: it is there at once. */
const MOST_NODES = 300;
const MOST_EDGES = 1500;
/** A place is rounded when it is kept: that is no way to go. Model pixels. */
const LEAST = 1;

/**
 * What was there goes from its place; what is new comes out of the group it was folded in, or of the first it calls or is called by that
 * was there, or of the nearest in its namespace.
 * null where nothing has to go anywhere, or too much would.
 */
export function slideOf(before: Scene, after: Scene): Slide | null {
  const { picture, x, y } = after;
  if (x.length === 0 || before.x.length === 0 || x.length > MOST_NODES || picture.edges.length > MOST_EDGES)
    return null;
  const origins = originsOf(before, after);
  const from = { x: x.slice(), y: y.slice() };
  let isStill = true;
  origins.forEach((origin, node) => {
    if (origin === null || Math.hypot(origin.x - (x[node] ?? 0), origin.y - (y[node] ?? 0)) < LEAST) return;
    from.x[node] = origin.x;
    from.y[node] = origin.y;
    isStill = false;
  });
  return isStill ? null : { scene: { ...after, x: from.x.slice(), y: from.y.slice() }, from, to: { x, y } };
}

/** `progress` from 0 to 1; fast at first. Writes into the slide's own columns. */
export function slidTo({ scene, from, to }: Slide, progress: number): Scene {
  const share = 1 - (1 - progress) ** 3;
  for (const axis of ["x", "y"] as const) {
    to[axis].forEach((end, node) => {
      const start = from[axis][node] ?? end;
      scene[axis][node] = start + (end - start) * share;
    });
  }
  return scene;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function originsOf(before: Scene, after: Scene): readonly (Point | null)[] {
  const placeOf = (id: string): Point | null => {
    const node = before.indexOf.get(id);
    return node === undefined ? null : { x: before.x[node] ?? 0, y: before.y[node] ?? 0 };
  };
  const { nodes } = after.picture;
  const neighbours = neighbourOf(after, (node) => before.indexOf.has(nodes[node]?.id ?? ""));
  return nodes.map(({ id, group, folded }, node) => {
    const own = placeOf(id);
    if (own !== null) return own;
    // The id of a folded group is its name beneath `_`.
    const whole = folded === null ? placeOf(`_/${group}`) : middleOf(before, id);
    return whole ?? placeOf(nodes[neighbours.get(node) ?? -1]?.id ?? "") ?? besideIn(before, after, node);
  });
}

/** The nearest of its group that was there before: what calls nothing yet stands beside those. */
function besideIn(before: Scene, { picture, x, y }: Scene, node: number): Point | null {
  const { group } = picture.nodes[node] ?? { group: "" };
  let best: Point | null = null;
  let least = Number.POSITIVE_INFINITY;
  before.picture.nodes.forEach((other, at) => {
    if (group === "" || other.group !== group) return;
    const point = { x: before.x[at] ?? 0, y: before.y[at] ?? 0 };
    const distance = Math.hypot(point.x - (x[node] ?? 0), point.y - (y[node] ?? 0));
    if (distance < least) [best, least] = [point, distance];
  });
  return best;
}

/** By index of a node: the first it is joined to that was there before. */
function neighbourOf({ from, to }: Scene, wasThere: (node: number) => boolean): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  from.forEach((a, edge) => {
    const b = to[edge] ?? 0;
    if (!found.has(a) && wasThere(b)) found.set(a, b);
    if (!found.has(b) && wasThere(a)) found.set(b, a);
  });
  return found;
}

/** The middle of a group that was open; null where it was not. */
function middleOf({ picture, x, y }: Scene, id: string): Point | null {
  const sum = { x: 0, y: 0 };
  let count = 0;
  picture.nodes.forEach(({ group }, node) => {
    if (group === "" || `_/${group}` !== id) return;
    sum.x += x[node] ?? 0;
    sum.y += y[node] ?? 0;
    count += 1;
  });
  return count === 0 ? null : { x: sum.x / count, y: sum.y / count };
}
