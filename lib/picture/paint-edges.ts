/** Lines between nodes: broad ones carry more calls, colour and dashes say how they fare, an arrow points at the callee. */
import { edgesInView, type Frame, screenLine } from "./frame";
import type { Ink } from "./ink";
import { EDGE_LOOKS, type EdgeLook } from "./look";
import { emptyLine, type Line } from "./scene";
import type { Surface } from "./surface";

/** Of more lines in view than this each is a hair: broad ones would hide each other, and cost a frame. */
const HAIRLINES_ABOVE = 1500;
/** How many of the busiest hairs stand out. */
const BUSIEST = 300;
/** Nearer than this an arrow can be told from its line. */
const ARROW_ZOOM = 0.3;
export const DIMMED = 0.25;
/** Of more edges than this those that are well step back, or nothing else could be seen. */
const CROWD = 60;
const STEPPED_BACK = { alpha: 0.5, width: 0.6 } as const;

interface Style {
  readonly colour: keyof Ink;
  readonly alpha: number;
  /** Lengths in model pixels. */
  readonly dashes: readonly number[];
  readonly arrow: "filled" | "open" | "none";
}

const STYLES: Readonly<Record<EdgeLook, Style>> = {
  tie: { colour: "line-strong", alpha: 0.7, dashes: [5, 4], arrow: "none" },
  idle: { colour: "idle", alpha: 1, dashes: [1.5, 3], arrow: "open" },
  healthy: { colour: "line-strong", alpha: 1, dashes: [], arrow: "filled" },
  degraded: { colour: "warn", alpha: 1, dashes: [], arrow: "filled" },
  failing: { colour: "fail", alpha: 1, dashes: [], arrow: "filled" },
  // Short dashes of a broad line: hatching across the way.
  denied: { colour: "denied", alpha: 1, dashes: [2, 4], arrow: "filled" },
};

/** Whether lines are hairs: one ground for all of them, whatever their figures, and over it those that stand out. */
function areHairs(visible: Int32Array): boolean {
  return visible.length > HAIRLINES_ABOVE;
}

/** What of the lines no figure changes: nothing unless they are hairs. So a refresh of a large picture paints none of them anew. */
export function paintEdgeGround(surface: Surface, frame: Frame): void {
  const visible = edgesInView(frame);
  if (!areHairs(visible)) return;
  surface.strokeStyle = frame.ink["line-strong"];
  surface.lineWidth = Math.max(0.5, Math.min(1, 3 * frame.view.zoom));
  for (const { edges, alpha } of layersOf(frame, visible)) {
    surface.globalAlpha = alpha * 0.55;
    paintHairs(surface, frame, edges);
  }
  surface.globalAlpha = 1;
}

/** The lines by their figures. */
export function paintEdges(surface: Surface, frame: Frame): void {
  const visible = edgesInView(frame);
  const hairs = areHairs(visible);
  for (const layer of layersOf(frame, hairs ? outstanding(frame, visible) : visible)) {
    paintRuns(surface, frame, { ...layer, hairs });
  }
}

/** Of hairs those that are not well, and the busiest. They come last in the order of drawing. */
function outstanding({ look }: Frame, visible: Int32Array): Int32Array {
  const trouble = EDGE_LOOKS.indexOf("degraded");
  let first = visible.length;
  while (first > 0 && (look.edgeLook[visible[first - 1] ?? 0] ?? 0) >= trouble) first -= 1;
  return visible.subarray(Math.max(0, first - BUSIEST));
}

interface Layer {
  readonly edges: Int32Array;
  readonly alpha: number;
}

function layersOf({ shade }: Frame, edges: Int32Array): readonly Layer[] {
  if (shade === null) return [{ edges, alpha: 1 }];
  return [
    { edges: edges.filter((edge) => shade.edges[edge] === 1), alpha: DIMMED },
    { edges: edges.filter((edge) => shade.edges[edge] !== 1), alpha: 1 },
  ];
}

interface Runs extends Layer {
  readonly hairs: boolean;
}

/** Edges of equal ink stand together: one stroke for each run of them. */
function paintRuns(surface: Surface, frame: Frame, { edges, hairs, alpha }: Runs): void {
  const { look } = frame;
  // Those of a selection are few, and what it is about.
  const isCrowd = !hairs && frame.scene.picture.edges.length > CROWD && (frame.shade === null || alpha !== 1);
  let start = 0;
  while (start < edges.length) {
    const first = edges[start] ?? 0;
    let end = start + 1;
    while (end < edges.length && sameInk(frame, first, edges[end] ?? 0)) end += 1;
    const run = edges.subarray(start, end);
    const style = STYLES[EDGE_LOOKS[look.edgeLook[first] ?? 0] ?? "tie"];
    const back = isCrowd && style === STYLES.healthy ? STEPPED_BACK : { alpha: 1, width: 1 };
    const width = (look.edgeWidth[first] ?? 1) * back.width;
    surface.globalAlpha = alpha * style.alpha * back.alpha;
    surface.strokeStyle = frame.ink[style.colour];
    surface.lineWidth = 1;
    if (hairs) paintHairs(surface, frame, run);
    else paintLines(surface, frame, { run, style, width });
    start = end;
  }
  surface.globalAlpha = 1;
  surface.setLineDash([]);
}

function sameInk({ look }: Frame, a: number, b: number): boolean {
  return look.edgeLook[a] === look.edgeLook[b] && look.edgeWidth[a] === look.edgeWidth[b];
}

interface Inked {
  readonly run: Int32Array;
  readonly style: Style;
  /** Model pixels. */
  readonly width: number;
}

/** Straight from centre to centre; the nodes are painted over their ends. */
function paintHairs(surface: Surface, { scene, view }: Frame, edges: Int32Array): void {
  surface.setLineDash([]);
  surface.beginPath();
  for (const edge of edges) {
    const a = scene.from[edge] ?? 0;
    const b = scene.to[edge] ?? 0;
    surface.moveTo((scene.x[a] ?? 0) * view.zoom + view.x, (scene.y[a] ?? 0) * view.zoom + view.y);
    surface.lineTo((scene.x[b] ?? 0) * view.zoom + view.x, (scene.y[b] ?? 0) * view.zoom + view.y);
  }
  surface.stroke();
}

function paintLines(surface: Surface, frame: Frame, inked: Inked): void {
  const { zoom } = frame.view;
  const { style, width } = inked;
  const arrows = zoom > ARROW_ZOOM && style.arrow !== "none";
  const head = style.arrow === "open" ? 6 * zoom : arrowLength(width) * zoom;
  const lines = linesOf(frame, inked.run);
  surface.lineWidth = Math.max(0.7, width * zoom);
  surface.lineCap = "butt";
  surface.setLineDash(style.dashes.map((length) => length * Math.max(zoom, 0.5)));
  surface.beginPath();
  for (const line of lines) {
    const back = arrows && style.arrow === "filled" ? head * 0.8 : 0;
    const [ux, uy] = direction(line);
    surface.moveTo(line.x1, line.y1);
    surface.quadraticCurveTo(line.cx, line.cy, line.x2 - ux * back, line.y2 - uy * back);
  }
  for (const edge of inked.run) paintLoop(surface, frame, edge);
  surface.stroke();
  if (!arrows) return;
  surface.setLineDash([]);
  surface.beginPath();
  for (const line of lines) arrow(surface, line, { length: head, open: style.arrow === "open" });
  if (style.arrow === "open") {
    surface.stroke();
    return;
  }
  surface.fillStyle = frame.ink[style.colour];
  surface.fill();
}

function linesOf(frame: Frame, run: Int32Array): readonly Line[] {
  const lines: Line[] = [];
  for (const edge of run) {
    const line = emptyLine();
    if (screenLine(frame, edge, line)) lines.push(line);
  }
  return lines;
}

/** Calls of a node to itself: a ring at its upper right corner. */
function paintLoop(surface: Surface, { scene, look, view }: Frame, edge: number): void {
  const node = scene.from[edge] ?? 0;
  if (node !== scene.to[edge]) return;
  const half = (look.nodeSize[node] ?? 0) / 2;
  const x = ((scene.x[node] ?? 0) + half) * view.zoom + view.x;
  const y = ((scene.y[node] ?? 0) - half) * view.zoom + view.y;
  const radius = half * 0.5 * view.zoom;
  surface.moveTo(x - radius, y);
  surface.arc(x, y, radius, -Math.PI, Math.PI / 2);
}

function arrowLength(width: number): number {
  return 6 + Math.min(width, 4.5) * 1.7;
}

/** The unit vector in which a line reaches its end. */
export function direction({ cx, cy, x2, y2 }: Line): readonly [number, number] {
  const length = Math.hypot(x2 - cx, y2 - cy) || 1;
  return [(x2 - cx) / length, (y2 - cy) / length];
}

function arrow(surface: Surface, line: Line, { length, open }: { length: number; open: boolean }): void {
  const [ux, uy] = direction(line);
  const half = length * 0.52;
  const bx = line.x2 - ux * length;
  const by = line.y2 - uy * length;
  surface.moveTo(bx - uy * half, by + ux * half);
  surface.lineTo(line.x2, line.y2);
  surface.lineTo(bx + uy * half, by - ux * half);
  if (!open) surface.closePath();
}
