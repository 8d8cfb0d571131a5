/** Where everything of a picture is, as columns by index: what changes when nodes come, go or are moved, and never with figures. */
import { bends } from "./layout/bends";
import type { Places } from "./layout/flow";
import type { Look } from "./look";
import type { DrawnPicture } from "./picture";
import { type Region, regionsOf } from "./regions";

export interface Scene {
  readonly picture: DrawnPicture;
  readonly indexOf: ReadonlyMap<string, number>;
  /** Centres of nodes, model pixels. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Ends of edges: indices of nodes. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** How far each edge's control point stands off the straight line, model pixels; see layout/bends.ts. */
  readonly bend: Float32Array;
  /** 1 where the node's outline is a circle, else 0. */
  readonly round: Uint8Array;
  readonly hasRegions: boolean;
  readonly regions: readonly Region[];
}

/** Of more edges than this none goes around nodes: among so many no single line can be followed by its bend. */
const MOST_BENT = 1500;

/** `hasRegions`: groups stand together, as all layouts but the radial one place them. */
export function sceneOf(picture: DrawnPicture, places: Places, hasRegions = true): Scene {
  const indexOf = new Map(picture.nodes.map((node, index) => [node.id, index]));
  const x = Float32Array.from(picture.nodes, ({ id }) => places.get(id)?.x ?? 0);
  const y = Float32Array.from(picture.nodes, ({ id }) => places.get(id)?.y ?? 0);
  const bent = picture.edges.length > MOST_BENT ? new Map<string, number>() : bends(picture.edges, places);
  return {
    picture,
    indexOf,
    x,
    y,
    from: Int32Array.from(picture.edges, ({ from }) => indexOf.get(from) ?? 0),
    to: Int32Array.from(picture.edges, ({ to }) => indexOf.get(to) ?? 0),
    bend: Float32Array.from(picture.edges, ({ id }) => bent.get(id) ?? 0),
    round: Uint8Array.from(picture.nodes, ({ shape }) => (shape === "workload" ? 1 : 0)),
    hasRegions,
    regions: hasRegions ? regionsOf(picture.nodes, { x, y }) : [],
  };
}

/** The same places with the figures of now; null when the picture has other nodes or edges. */
export function withPicture(scene: Scene, picture: DrawnPicture): Scene | null {
  return hasSameStructure(scene.picture, picture) ? { ...scene, picture } : null;
}

/** Whether two pictures differ in figures alone. */
export function hasSameStructure(a: DrawnPicture, b: DrawnPicture): boolean {
  if (a.nodes.length !== b.nodes.length || a.edges.length !== b.edges.length) return false;
  const sameNodes = a.nodes.every((node, index) => {
    const other = b.nodes[index];
    return node === other || (node.id === other?.id && node.group === other.group);
  });
  return sameNodes && a.edges.every((edge, index) => edge === b.edges[index] || edge.id === b.edges[index]?.id);
}

/** Of a node its centre, of an edge the middle of its ends, in model pixels; null for what is not there. */
export function placeOf(
  { picture, indexOf, x, y, from, to }: Scene,
  id: string,
): { readonly x: number; readonly y: number } | null {
  const node = indexOf.get(id);
  const edge = node === undefined ? picture.edges.findIndex((each) => each.id === id) : -1;
  const [a, b] = node === undefined ? [from[edge], to[edge]] : [node, node];
  if (a === undefined || b === undefined) return null;
  return { x: ((x[a] ?? 0) + (x[b] ?? 0)) / 2, y: ((y[a] ?? 0) + (y[b] ?? 0)) / 2 };
}

/** The line of an edge from outline to outline, as a quadratic curve. Model pixels. */
export interface Line {
  x1: number;
  y1: number;
  /** Control point. */
  cx: number;
  cy: number;
  x2: number;
  y2: number;
}

/** What of a look says how far a node reaches. */
export type Outlines = Pick<Look, "nodeSize" | "hasSecondLine">;

const GAP = { source: 4, target: 5 } as const;

/** Writes the line of an edge into `line`, so that drawing thousands of them makes no garbage. false: its ends hide it, or it is a loop. */
export function traceLine(scene: Scene, look: Outlines, edge: number, line: Line): boolean {
  const from = scene.from[edge] ?? 0;
  const to = scene.to[edge] ?? 0;
  if (from === to) return false;
  const ax = scene.x[from] ?? 0;
  const ay = scene.y[from] ?? 0;
  const bx = scene.x[to] ?? 0;
  const by = scene.y[to] ?? 0;
  const length = Math.hypot(bx - ax, by - ay);
  if (length < 1) return false;
  const bend = scene.bend[edge] ?? 0;
  line.cx = (ax + bx) / 2 - ((by - ay) / length) * bend;
  line.cy = (ay + by) / 2 + ((bx - ax) / length) * bend;
  const isLong = length > CLEARS_SECOND_LINE;
  const source = outlineOf(scene, look, from, isLong);
  const target = outlineOf(scene, look, to, isLong);
  const out = reach(line.cx - ax, line.cy - ay, (look.nodeSize[from] ?? 0) / 2, source) + GAP.source;
  const into = reach(line.cx - bx, line.cy - by, (look.nodeSize[to] ?? 0) / 2, target) + GAP.target;
  if (out + into >= length) return false;
  const outLength = Math.hypot(line.cx - ax, line.cy - ay);
  const intoLength = Math.hypot(line.cx - bx, line.cy - by);
  line.x1 = ax + ((line.cx - ax) / outLength) * out;
  line.y1 = ay + ((line.cy - ay) / outLength) * out;
  line.x2 = bx + ((line.cx - bx) / intoLength) * into;
  line.y2 = by + ((line.cy - by) / intoLength) * into;
  // A straight line stays straight whatever its ends lost.
  if (bend === 0) {
    line.cx = (line.x1 + line.x2) / 2;
    line.cy = (line.y1 + line.y2) / 2;
  }
  return true;
}

/** Names hang below nodes: a line from beneath ends at the name, not under it. Model pixels. */
const NAME = { height: 20, half: 36 } as const;
const NAME_AND_SECOND_LINE = { height: 38, half: 64 } as const;
/** A shorter line would be no more than its arrow if it made way for a second line too. Model pixels. */
const CLEARS_SECOND_LINE = 170;

interface Outline {
  readonly round: boolean;
  readonly name: { readonly height: number; readonly half: number };
}

/** By whether the node is round, then by whether there is a second line. */
const OUTLINES: readonly Outline[] = [false, true].flatMap((round) =>
  [NAME, NAME_AND_SECOND_LINE].map((name) => ({ round, name })),
);

function outlineOf({ round }: Scene, { hasSecondLine }: Outlines, node: number, isLong: boolean): Outline {
  const lines = isLong ? (hasSecondLine[node] ?? 0) : 0;
  return OUTLINES[(round[node] ?? 0) * 2 + lines] as Outline;
}

/** From a node's centre to its outline, or that of its name, in a direction. */
function reach(dx: number, dy: number, half: number, { round, name }: Outline): number {
  const below = half + name.height;
  if (dy > 0 && Math.abs(dx) * below < name.half * dy) return (below * Math.hypot(dx, dy)) / dy;
  if (round) return half;
  const most = Math.max(Math.abs(dx), Math.abs(dy));
  return most === 0 ? half : (half * Math.hypot(dx, dy)) / most;
}

/** A point of the line; t from 0 to 1. */
export function pointOn({ x1, y1, cx, cy, x2, y2 }: Line, t: number): { x: number; y: number } {
  const a = (1 - t) * (1 - t);
  const b = 2 * t * (1 - t);
  const c = t * t;
  return { x: a * x1 + b * cx + c * x2, y: a * y1 + b * cy + c * y2 };
}

export function emptyLine(): Line {
  return { x1: 0, y1: 0, cx: 0, cy: 0, x2: 0, y2: 0 };
}
