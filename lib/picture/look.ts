/** How nodes and edges look at one moment, as columns by index: what a refresh changes. Places are in scene.ts. */

import { ratioHealth } from "@/lib/topology/health";
import type { DrawnFigures, DrawnPicture } from "./picture";
import { edgeStatus, insideStatus, lockOf, nodeStatus } from "./status";

/** By code; later ones are drawn over earlier ones. tie: a split's root to its backends, a service to its workloads. */
export const EDGE_LOOKS = ["tie", "idle", "healthy", "degraded", "failing", "denied"] as const;
export type EdgeLook = (typeof EDGE_LOOKS)[number];
export const NODE_LOOKS = ["healthy", "degraded", "failing"] as const;
export const LOCKS = [null, "encrypted", "plaintext"] as const;

export interface Look {
  /** Model pixels across. */
  readonly nodeSize: Float32Array;
  /** Code in NODE_LOOKS. */
  readonly nodeLook: Uint8Array;
  /** 1 where there is something to say beneath the name: what in a folded group is not well. */
  readonly hasSecondLine: Uint8Array;
  /** Three a node: succeeded, failed and denied calls a second that it received. */
  readonly received: Float32Array;
  /** Code in EDGE_LOOKS. */
  readonly edgeLook: Uint8Array;
  /** Code in LOCKS. */
  readonly edgeLock: Uint8Array;
  /** Model pixels, in quarters. */
  readonly edgeWidth: Float32Array;
  /** Indices of edges in the order they are drawn: equal ink together, the gravest last. */
  readonly order: Int32Array;
}

/** Model pixels. */
const NODE_SIZE = { least: 38, most: 54 } as const;
/** Of a node that stands for many. */
const GROUP_SIZE = { least: 50, most: 72 } as const;
const EDGE_WIDTH = { least: 1.25, most: 4.5 } as const;
const DENIED_WIDTH = 7;

/** The look of a picture by its own figures, or by those of another moment. */
export function lookOf(
  picture: DrawnPicture,
  figures: DrawnFigures | null,
  indexOf: ReadonlyMap<string, number>,
): Look {
  const nodes = picture.nodes.length;
  const edges = picture.edges.length;
  const look = {
    nodeSize: new Float32Array(nodes),
    nodeLook: new Uint8Array(nodes),
    hasSecondLine: new Uint8Array(nodes),
    received: new Float32Array(nodes * 3),
    edgeLook: new Uint8Array(edges),
    edgeLock: new Uint8Array(edges),
    edgeWidth: new Float32Array(edges),
  };
  const rates = new Float32Array(edges);
  for (let index = 0; index < edges; index += 1) {
    const { edge, to } = picture.edges[index] as DrawnPicture["edges"][number];
    if (edge === null) continue;
    const rate = orZero(figures ? figures.edges.requestsPerSecond[index] : edge.requestsPerSecond);
    const denied = orZero(figures ? figures.edges.deniedPerSecond[index] : edge.deniedPerSecond);
    const errorRatio = figures ? orNull(figures.edges.errorRatio[index]) : edge.errorRatio;
    const shown = {
      ...(edge.parts && figures === null ? { parts: edge.parts } : {}),
      requestsPerSecond: rate,
      errorRatio,
      denied: figures ? denied > 0 && rate === 0 : edge.denied,
      mtlsRatio: figures ? orNull(figures.edges.mtlsRatio[index]) : edge.mtlsRatio,
    };
    rates[index] = rate;
    look.edgeLook[index] = EDGE_LOOKS.indexOf(edgeStatus(shown));
    look.edgeLock[index] = LOCKS.indexOf(lockOf(shown));
    add(look.received, (indexOf.get(to) ?? 0) * 3 + 2, denied);
  }
  nodeLooks(picture, figures, look);
  edgeWidths(rates, look);
  return { ...look, order: drawingOrder(look) };
}

type Columns = Omit<Look, "order">;

function nodeLooks(picture: DrawnPicture, figures: DrawnFigures | null, look: Columns): void {
  const busy = new Float32Array(picture.nodes.length);
  picture.nodes.forEach((item, index) => {
    const inPerSecond = figures ? orZero(figures.nodes.inPerSecond[index]) : item.node.inPerSecond;
    const errorRatio = figures ? orNull(figures.nodes.errorRatio[index]) : item.node.errorRatio;
    const out = figures
      ? orZero(figures.nodes.outPerSecond[index])
      : item.node.outPerSecond + (item.workload?.outPerSecond ?? 0);
    busy[index] = inPerSecond + out;
    look.received[index * 3] = inPerSecond * (1 - (errorRatio ?? 0));
    look.received[index * 3 + 1] = inPerSecond * (errorRatio ?? 0);
    if (figures) look.received[index * 3 + 2] = orZero(figures.nodes.deniedPerSecond[index]);
    else if (item.folded) add(look.received, index * 3 + 2, item.folded.insideDeniedPerSecond);
    // What is inside is not known of another moment either.
    if (item.folded && !figures && insideStatus(item.folded) !== null) look.hasSecondLine[index] = 1;
    look.nodeLook[index] = NODE_LOOKS.indexOf(
      // How many inside are failing is not known of another moment: the group is as its calls are.
      figures && item.folded ? ratioHealth(errorRatio) : nodeStatus({ ...item, node: { ...item.node, errorRatio } }),
    );
  });
  const busiest = greatest(busy);
  picture.nodes.forEach(({ folded }, index) => {
    const { least, most } = folded ? GROUP_SIZE : NODE_SIZE;
    look.nodeSize[index] = Math.round(least + logShare(busy[index] ?? 0, busiest) * (most - least));
  });
}

function edgeWidths(rates: Float32Array, look: Columns): void {
  const busiest = greatest(rates);
  const denied = EDGE_LOOKS.indexOf("denied");
  for (let index = 0; index < rates.length; index += 1) {
    const code = look.edgeLook[index] ?? 0;
    const width =
      code === denied
        ? DENIED_WIDTH
        : code < 2
          ? 1
          : EDGE_WIDTH.least + logShare(rates[index] ?? 0, busiest) * (EDGE_WIDTH.most - EDGE_WIDTH.least);
    look.edgeWidth[index] = Math.round(width * 4) / 4;
  }
}

/** A counting sort by look and width. */
function drawingOrder({ edgeLook, edgeWidth }: Columns): Int32Array {
  const keys = edgeLook.map((code, index) => code * 32 + (edgeWidth[index] ?? 0) * 4);
  const starts = new Int32Array(257);
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let key = 1; key < starts.length; key += 1) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
  const order = new Int32Array(keys.length);
  keys.forEach((key, index) => {
    const at = starts[key] ?? 0;
    order[at] = index;
    starts[key] = at + 1;
  });
  return order;
}

/** Where a rate stands between nothing and the busiest, by logarithm: 0 to 1. */
function logShare(value: number, busiest: number): number {
  return busiest <= 0 ? 0 : Math.log1p(Math.max(0, value)) / Math.log1p(busiest);
}

function greatest(values: Float32Array): number {
  return values.reduce((most, value) => (value > most ? value : most), 0);
}

function add(values: Float32Array, index: number, value: number): void {
  values[index] = (values[index] ?? 0) + value;
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
