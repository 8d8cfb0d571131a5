/** Where a node is painted. */
import type { Frame } from "./frame";
import type { DrawnNode } from "./picture";

export interface Spot {
  readonly node: number;
  readonly item: DrawnNode;
  /** Pixels of the screen. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export function spotOf({ scene, look, view }: Frame, node: number): Spot {
  return {
    node,
    item: scene.picture.nodes[node] as DrawnNode,
    x: (scene.x[node] ?? 0) * view.zoom + view.x,
    y: (scene.y[node] ?? 0) * view.zoom + view.y,
    radius: ((look.nodeSize[node] ?? 0) / 2) * view.zoom,
  };
}
