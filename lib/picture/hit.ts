/** What of a picture is at a point. Every node and edge is asked: a fraction of a millisecond for ten thousand. */
import type { Look } from "./look";
import { emptyLine, type Line, type Scene, traceLine } from "./scene";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The node whose outline holds the point (model pixels), `slack` around it; null for none. The one drawn last wins. */
export function nodeAt({ scene, look }: Drawn, { x, y }: Point, slack: number): string | null {
  for (let index = scene.x.length - 1; index >= 0; index -= 1) {
    const half = (look.nodeSize[index] ?? 0) / 2 + slack;
    if (Math.abs((scene.x[index] ?? 0) - x) <= half && Math.abs((scene.y[index] ?? 0) - y) <= half) {
      return scene.picture.nodes[index]?.id ?? null;
    }
  }
  return null;
}

interface Drawn {
  readonly scene: Scene;
  readonly look: Look;
}

/** The edge nearest to the point (model pixels), within `slack` of its line; null for none. */
export function edgeAt({ scene, look }: Drawn, point: Point, slack: number): string | null {
  const line = emptyLine();
  let nearest: string | null = null;
  let best = slack;
  for (let index = 0; index < scene.from.length; index += 1) {
    const edge = scene.picture.edges[index];
    if (edge === undefined || isFar(scene, index, point, slack)) continue;
    if (edge.kind !== "call" || !traceLine(scene, look, index, line)) continue;
    const distance = distanceTo(line, point) - (look.edgeWidth[index] ?? 0) / 2;
    if (distance > best) continue;
    best = distance;
    nearest = edge.id;
  }
  return nearest;
}

function isFar(scene: Scene, edge: number, { x, y }: Point, slack: number): boolean {
  const from = scene.from[edge] ?? 0;
  const to = scene.to[edge] ?? 0;
  const reach = slack + 8 + Math.abs(scene.bend[edge] ?? 0) / 2;
  const ax = scene.x[from] ?? 0;
  const bx = scene.x[to] ?? 0;
  if (x < Math.min(ax, bx) - reach || x > Math.max(ax, bx) + reach) return true;
  const ay = scene.y[from] ?? 0;
  const by = scene.y[to] ?? 0;
  return y < Math.min(ay, by) - reach || y > Math.max(ay, by) + reach;
}

const PIECES = 12;

/** From a point to a curve, as to the pieces it is cut in. */
export function distanceTo({ x1, y1, cx, cy, x2, y2 }: Line, point: Point): number {
  let least = Number.POSITIVE_INFINITY;
  let fromX = x1;
  let fromY = y1;
  for (let piece = 1; piece <= PIECES; piece += 1) {
    const t = piece / PIECES;
    const a = (1 - t) * (1 - t);
    const b = 2 * t * (1 - t);
    const toX = a * x1 + b * cx + t * t * x2;
    const toY = a * y1 + b * cy + t * t * y2;
    const dx = toX - fromX;
    const dy = toY - fromY;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : ((point.x - fromX) * dx + (point.y - fromY) * dy) / length;
    const at = Math.max(0, Math.min(1, along));
    least = Math.min(least, Math.hypot(fromX + dx * at - point.x, fromY + dy * at - point.y));
    fromX = toX;
    fromY = toY;
  }
  return least;
}
