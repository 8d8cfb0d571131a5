/** One moment of a picture as it is painted: where, how, from where it is seen, and what stands out. */
import type { Ink } from "./ink";
import type { Look } from "./look";
import type { EdgeMetric } from "./metric";
import type { DrawnFigures } from "./picture";
import type { Box } from "./regions";
import { type Line, type Scene, traceLine } from "./scene";
import type { View } from "./surface";

export interface Shade {
  /** By index: 1 is drawn at a quarter of its ink. */
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
}

export interface Frame {
  readonly scene: Scene;
  readonly look: Look;
  /** What labels say, when it is not the picture's own figures. */
  readonly figures: DrawnFigures | null;
  readonly view: View;
  readonly ink: Ink;
  readonly metric: EdgeMetric;
  /** null: nothing is dimmed. */
  readonly shade: Shade | null;
  /** Id of the selected node or edge. */
  readonly chosen: string | null;
  /** Id of the node under the keyboard. */
  readonly focused: string | null;
  /** Ids of nodes that were put where they are by hand. */
  readonly pinned: ReadonlySet<string>;
}

/** Pixels of the screen around what is in view that still count as in view: half a node with its name. */
const MARGIN = 60;

/** What is in view, in model pixels. */
export function viewBox({ zoom, x, y, width, height }: View): Box {
  return {
    left: (-MARGIN - x) / zoom,
    right: (width + MARGIN - x) / zoom,
    top: (-MARGIN - y) / zoom,
    bottom: (height + MARGIN - y) / zoom,
  };
}

/** Indices of the nodes in view. */
export function nodesInView({ scene, view }: Frame): Int32Array {
  const box = viewBox(view);
  const found = new Int32Array(scene.x.length);
  let count = 0;
  for (let index = 0; index < found.length; index += 1) {
    const x = scene.x[index] ?? 0;
    const y = scene.y[index] ?? 0;
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
    found[count] = index;
    count += 1;
  }
  return found.subarray(0, count);
}

/** Indices of the edges that may cross what is in view, in the order they are drawn. */
export function edgesInView({ scene, look, view }: Frame): Int32Array {
  const box = viewBox(view);
  const found = new Int32Array(look.order.length);
  let count = 0;
  for (const index of look.order) {
    const a = scene.from[index] ?? 0;
    const b = scene.to[index] ?? 0;
    // A curve stays within half its bend of the chord.
    const slack = Math.abs(scene.bend[index] ?? 0) / 2;
    const ax = scene.x[a] ?? 0;
    const bx = scene.x[b] ?? 0;
    if (Math.max(ax, bx) + slack < box.left || Math.min(ax, bx) - slack > box.right) continue;
    const ay = scene.y[a] ?? 0;
    const by = scene.y[b] ?? 0;
    if (Math.max(ay, by) + slack < box.top || Math.min(ay, by) - slack > box.bottom) continue;
    found[count] = index;
    count += 1;
  }
  return found.subarray(0, count);
}

/** The line of an edge in pixels of the screen, written into `line`; false where there is none to draw. */
export function screenLine({ scene, look, view }: Frame, edge: number, line: Line): boolean {
  if (!traceLine(scene, look, edge, line)) return false;
  line.x1 = line.x1 * view.zoom + view.x;
  line.y1 = line.y1 * view.zoom + view.y;
  line.cx = line.cx * view.zoom + view.x;
  line.cy = line.cy * view.zoom + view.y;
  line.x2 = line.x2 * view.zoom + view.x;
  line.y2 = line.y2 * view.zoom + view.y;
  return true;
}
