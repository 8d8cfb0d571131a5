/** Labels on edges: a lock, the mark of its state and one figure, where they hide nothing. */

import type { TopologyEdge } from "@/lib/contract/topology";
import { TakenRoom } from "./boxes";
import { edgesInView, type Frame, nodesInView, screenLine } from "./frame";
import type { Ink } from "./ink";
import { EDGE_LOOKS, type EdgeLook, LOCKS } from "./look";
import { type Mark, paintMark } from "./marks";
import { edgeLabel } from "./metric";
import { NAME_GAP, type Names, nameSize, namesOf, SECOND_LINE } from "./names";
import { DIMMED } from "./paint-edges";
import { titleRooms } from "./paint-regions";
import type { DrawnDiff, DrawnFigures } from "./picture";
import type { Box } from "./regions";
import { emptyLine, type Line, pointOn } from "./scene";
import { FONT, type Surface } from "./surface";

const LABEL_ZOOM = 0.5;
/** Of more edges than this only those in trouble and those of the selection have labels, until one is near enough to read them all. */
const MANY_EDGES = 30;
const READING_ZOOM = 0.9;
const MOST_READ = 60;
/** More labels than this in one view are read by nobody: the gravest come first. */
const MOST_LABELS = 120;

/** Returns the room of labels and of regions' titles, so that nothing else is drawn over them. */
export function paintLabels(surface: Surface, frame: Frame): TakenRoom {
  const labels = new TakenRoom();
  const titles = [...titleRooms(surface, frame)];
  for (const room of titles) labels.add(room);
  const wanted = wantedLabels(frame);
  if (wanted.length === 0) return labels;
  const taken = new TakenRoom();
  const names = namesOf(surface, frame);
  for (const node of nodesInView(frame)) for (const room of nodeRooms(frame, node, names)) taken.add(room);
  for (const room of titles) taken.add(room);
  const line = emptyLine();
  for (const edge of wanted) {
    if (!screenLine(frame, edge, line)) continue;
    paintLabel(surface, frame, { edge, line, taken, labels });
  }
  return labels;
}

/** The gravest first: edges are drawn in that order backwards. */
function wantedLabels(frame: Frame): readonly number[] {
  const { look, shade, scene, view } = frame;
  const visible = edgesInView(frame);
  const all = scene.picture.edges.length <= MANY_EDGES || (view.zoom >= READING_ZOOM && visible.length <= MOST_READ);
  const wanted: number[] = [];
  for (let at = visible.length - 1; at >= 0 && wanted.length < MOST_LABELS; at -= 1) {
    const edge = visible[at] ?? 0;
    if (look.edgeLook[edge] === 0) continue;
    if (all || (shade ? shade.edges[edge] !== 1 : isTrouble(frame, edge)) || scene.picture.edges[edge]?.diff)
      wanted.push(edge);
  }
  return wanted;
}

function isTrouble({ look }: Frame, edge: number): boolean {
  return (look.edgeLook[edge] ?? 0) > EDGE_LOOKS.indexOf("healthy") || look.edgeLock[edge] === 2;
}

/** A node, and its name with what stands beneath it. */
function nodeRooms({ scene, look, view }: Frame, node: number, names: Names): readonly Box[] {
  const x = (scene.x[node] ?? 0) * view.zoom + view.x;
  const y = (scene.y[node] ?? 0) * view.zoom + view.y;
  const half = ((look.nodeSize[node] ?? 0) / 2 + 6) * view.zoom;
  const own = { left: x - half, right: x + half, top: y - half, bottom: y + half };
  const room = names.room[node] ?? 0;
  if (room === 0) return [own];
  const top = y + half - 6 * view.zoom + NAME_GAP;
  const second = names.second[node] ?? 0;
  const wide = Math.max(room, second) / 2;
  const bottom = top + nameSize(view.zoom) + (second > 0 ? SECOND_LINE.gap + SECOND_LINE.size : 0);
  return [own, { left: x - wide, right: x + wide, top, bottom }];
}

interface Labelled {
  readonly edge: number;
  readonly line: Line;
  readonly taken: TakenRoom;
  readonly labels: TakenRoom;
}

const INKS: Readonly<Record<EdgeLook, keyof Ink>> = {
  tie: "ink-2",
  idle: "ink-2",
  healthy: "ink-2",
  degraded: "warn",
  failing: "fail",
  denied: "denied",
};
const MARK_INKS: Readonly<Record<Mark, keyof Ink>> = {
  encrypted: "secure",
  plaintext: "warn",
  denied: "denied",
  degraded: "warn",
  failing: "fail",
};

function paintLabel(surface: Surface, frame: Frame, { edge, line, taken, labels }: Labelled): void {
  const said = saidOf(frame, edge);
  if (said === null) return;
  surface.font = `500 12px ${FONT}`;
  const label = placedLabel(surface, line, said, {
    taken,
    // Nodes and names come first: the colour of a line says as much. Unless this is what the reader asked for.
    labels: frame.chosen !== null || isCompared(frame, edge) ? labels : null,
  });
  if (label === null) return;
  const { marks, size, width, height, x, y, text } = label;
  labels.add(boxAround(label, label));
  surface.beginPath();
  surface.roundRect(x - width / 2, y - height / 2, width, height, 5);
  surface.fillStyle = frame.ink.bg;
  surface.fill();
  // The ground of a dimmed label hides its line all the same.
  surface.globalAlpha = frame.shade?.edges[edge] === 1 ? DIMMED : 1;
  let left = x - width / 2 + 4;
  for (const mark of marks) {
    paintMark(surface, mark, { x: left + size / 2, y, size, ink: frame.ink[MARK_INKS[mark]] });
    left += size + 3;
  }
  surface.fillStyle = frame.ink[said.ink];
  surface.textAlign = "left";
  surface.textBaseline = "middle";
  surface.fillText(text, left, y + 0.5);
  surface.globalAlpha = 1;
}

function isCompared({ scene }: Frame, edge: number): boolean {
  return scene.picture.edges[edge]?.diff !== undefined;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Room {
  readonly taken: TakenRoom;
  /** What a label may not cover even where there is no free place; null: then there is none. */
  readonly labels: TakenRoom | null;
}

/** Where a figure finds no place its marks may; null where neither does. */
function placedLabel(surface: Surface, line: Line, said: Said, { taken, labels }: Room) {
  const whole = { ...said, ...sizeOf(surface, said) };
  const free = freePlace(line, whole, taken);
  if (free !== null) return { ...whole, ...free };
  if (labels !== null) {
    const over = freePlace(line, whole, labels) ?? pointOn(line, MIDDLE);
    taken.add(boxAround(over, whole));
    return { ...whole, ...over };
  }
  if (said.marks.length === 0) return null;
  const marked = { ...said, text: "", size: 10 };
  const sized = { ...marked, ...sizeOf(surface, marked) };
  const place = freePlace(line, sized, taken);
  return place === null ? null : { ...sized, ...place };
}

interface Said {
  readonly marks: readonly Mark[];
  readonly text: string;
  readonly ink: keyof Ink;
  /** Of a mark. Pixels of the screen. */
  readonly size: number;
}

/** What there is to say of an edge; null for nothing. */
function saidOf(frame: Frame, edge: number): Said | null {
  const { edge: drawn, diff } = frame.scene.picture.edges[edge] ?? {};
  if (!drawn) return null;
  const near = frame.view.zoom > LABEL_ZOOM;
  const isCrowd = frame.scene.picture.edges.length > MANY_EDGES;
  const figure = () => (near ? edgeLabel(withFigures(drawn, frame.figures, edge), frame.metric) : "");
  const text = diff ? diffText(diff, near) : figure();
  const marks = marksOf(frame, edge, near && !diff && !isCrowd);
  if (text === "" && marks.length === 0) return null;
  const ink = diff ? "accent" : INKS[EDGE_LOOKS[frame.look.edgeLook[edge] ?? 0] ?? "tie"];
  return { marks, text, ink, size: near ? 13 : 10 };
}

function sizeOf(surface: Surface, { marks, text, size }: Said): Size {
  return {
    width: marks.length * (size + 3) + (text === "" ? 0 : surface.measureText(text).width) + 8,
    height: size + 7,
  };
}

/** From afar the sign alone. */
function diffText({ label }: DrawnDiff, near: boolean): string {
  return near ? label : label.slice(0, 1);
}

/** From afar only what is not well: a hundred closed locks would hide it. */
function marksOf({ look }: Frame, edge: number, near: boolean): readonly Mark[] {
  const lock = LOCKS[look.edgeLock[edge] ?? 0] ?? null;
  const state = EDGE_LOOKS[look.edgeLook[edge] ?? 0];
  const trouble = state === "denied" || state === "degraded" || state === "failing" ? [state] : [];
  return lock === null || (lock === "encrypted" && !near) ? trouble : [lock, ...trouble];
}

/** The edge as another moment's figures say; what they do not know is unknown. */
function withFigures(edge: TopologyEdge, figures: DrawnFigures | null, index: number): TopologyEdge {
  if (figures === null) return edge;
  const of = (column: Float32Array) => {
    const value = column[index];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const { edges } = figures;
  const requestsPerSecond = of(edges.requestsPerSecond) ?? 0;
  const deniedPerSecond = of(edges.deniedPerSecond) ?? 0;
  return {
    ...edge,
    requestsPerSecond,
    deniedPerSecond,
    denied: deniedPerSecond > 0 && requestsPerSecond === 0,
    errorRatio: of(edges.errorRatio),
    mtlsRatio: of(edges.mtlsRatio),
    latencyMs: { p50: of(edges.p50Ms), p95: of(edges.p95Ms), p99: of(edges.p99Ms) },
    bytesPerSecond: null,
    splitShare: null,
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Along the line, the middle first. */
const MIDDLE = 0.5;
const PLACES = [MIDDLE, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75];

/** The first place on the line where a label hides nothing of what is taken. It is taken then. */
function freePlace(line: Line, size: Size, taken: TakenRoom): Point | null {
  for (const t of PLACES) {
    const point = pointOn(line, t);
    const box = boxAround(point, size);
    if (!taken.isFree(box)) continue;
    taken.add(box);
    return point;
  }
  return null;
}

function boxAround({ x, y }: Point, { width, height }: Size): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}
