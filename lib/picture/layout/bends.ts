/** Lines that would run through a node they do not end at go around it; two lines there and back go apart. */
import type { Places, Point } from "./flow";
import type { Link } from "./layered";

export interface Bending extends Link {
  readonly id: string;
}

/** A node with its name needs this much room on either side of a line. Model pixels. */
const CLEAR = 50;
/** Names hang below nodes: what counts is a little lower than the node's centre. */
const NAME_OFFSET = 10;
const APART = 18;
const MOST = 220;

/**
 * How far the control point of each edge stands off the straight line, towards the left of its direction turned by 90 degrees (x to
 * y). 0 is straight. Edges are not in the result when they are.
 */
export function bends(edges: readonly Bending[], places: Places): ReadonlyMap<string, number> {
  const pairs = new Set(edges.map((edge) => `${edge.from}>${edge.to}`));
  const obstacles = [...places].map(([id, { x, y }]): Obstacle => ({ id, x, y: y + NAME_OFFSET }));
  const result = new Map<string, number>();
  for (const edge of edges) {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    if (!from || !to || edge.from === edge.to) continue;
    const around = bendAround({ ...edge, at: from, goal: to }, obstacles);
    const bend = around === 0 && pairs.has(`${edge.to}>${edge.from}`) ? 2 * APART : around;
    if (bend !== 0) result.set(edge.id, bend);
  }
  return result;
}

interface Obstacle extends Point {
  readonly id: string;
}

interface Span extends Link {
  readonly at: Point;
  readonly goal: Point;
}

function bendAround(span: Span, others: readonly Obstacle[]): number {
  const { at: from, goal: to } = span;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 1) return 0;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  let bend = 0;
  for (const other of others) {
    if (other.id === span.from || other.id === span.to) continue;
    const t = ((other.x - from.x) * along.x + (other.y - from.y) * along.y) / length;
    if (t <= 0.08 || t >= 0.92) continue;
    const side = (other.x - from.x) * -along.y + (other.y - from.y) * along.x;
    if (Math.abs(side) >= CLEAR) continue;
    // A quadratic curve stands off its chord by 2t(1-t) of the control point's distance.
    const needed = (CLEAR - Math.abs(side)) / (2 * t * (1 - t));
    const towards = side > 0 ? -1 : 1;
    if (bend === 0) bend = towards * needed;
    else if (Math.sign(bend) === towards) bend = towards * Math.max(Math.abs(bend), needed);
  }
  return Math.round(Math.max(-MOST, Math.min(MOST, bend)));
}
