/** What is drawn over cytoscape's nodes and lines: rings, pods, marks, labels of edges, the keyboard's focus. */
import type { Core, EdgeSingular, NodeSingular } from "cytoscape";
import type { TopologyEdge } from "@/lib/contract/topology";
import type { Ink } from "@/lib/picture/ink";
import { type EdgeMetric, edgeLabel } from "@/lib/picture/metric";
import type { PictureEdge, PictureNode } from "../picture";
import { edgeStatus, nodeStatus } from "../status";
import { drawMark } from "./marks";
import { FONT, fitted } from "./regions";

export interface OverlayState {
  readonly nodes: ReadonlyMap<string, PictureNode>;
  readonly edges: ReadonlyMap<string, PictureEdge>;
  readonly metric: EdgeMetric;
  /** Node under the keyboard; null when the graph has no focus. */
  readonly focused: string | null;
  readonly ink: Ink;
}

/** Below this zoom words are no longer legible: marks only. */
const LABEL_ZOOM = 0.5;
const RING_ZOOM = 0.3;
const NAME_ZOOM = 0.35;
/** Of more edges than this only those in trouble and those of the selection have labels, until one is near enough to read them all. */
const MANY_EDGES = 30;
const READING_ZOOM = 0.9;

export function drawOverlay(context: CanvasRenderingContext2D, cy: Core, state: OverlayState): void {
  const zoom = cy.zoom();
  const taken: Box[] = [];
  for (const [id, item] of state.nodes) {
    const node = cy.getElementById(id);
    if (node.empty()) continue;
    context.globalAlpha = node.hasClass("dim") ? 0.25 : 1;
    drawNode(context, node, { item, zoom, state });
    const at = node.renderedPosition();
    const half = (node.width() / 2 + 6) * zoom;
    taken.push({ left: at.x - half, right: at.x + half, top: at.y - half, bottom: at.y + half + 20 * zoom });
  }
  const all = state.edges.size <= MANY_EDGES || cy.zoom() >= READING_ZOOM;
  const chosen = cy.elements(".dim").nonempty();
  for (const [id, item] of state.edges) {
    if (item.edge === null) continue;
    const edge = cy.getElementById(id);
    if (edge.empty()) continue;
    const dim = edge.hasClass("dim");
    const wanted = all || (chosen ? !dim : edgeTrouble(item.edge));
    if (!wanted) continue;
    context.globalAlpha = dim ? 0.25 : 1;
    drawEdgeLabel(context, edge, { item, zoom, state, taken });
  }
  context.globalAlpha = 1;
}

function edgeTrouble(edge: TopologyEdge): boolean {
  const status = edgeStatus(edge);
  return (status !== "healthy" && status !== "idle") || lockOf(edge) === "plaintext";
}

interface NodeFrame {
  readonly item: PictureNode;
  readonly zoom: number;
  readonly state: OverlayState;
}

function drawNode(context: CanvasRenderingContext2D, node: NodeSingular, { item, zoom, state }: NodeFrame): void {
  const { ink } = state;
  const { x, y } = node.renderedPosition();
  const radius = (node.width() / 2) * zoom;
  if (zoom > RING_ZOOM) drawRing(context, { x, y, radius: radius * 0.62, zoom }, item, state);
  if (zoom > LABEL_ZOOM && item.pods !== null) {
    context.font = `500 ${Math.min(12, 11 * zoom)}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = item.pods.ready < item.pods.total ? ink.warn : ink["ink-3"];
    const text =
      item.pods.ready === item.pods.total ? String(item.pods.total) : `${item.pods.ready}/${item.pods.total}`;
    context.fillText(text, x, y + 0.5);
  }
  const status = nodeStatus(item);
  if (status === "degraded" || status === "failing") {
    const size = Math.max(12, 16 * Math.min(1, zoom));
    const at = { x: x + radius, y: y - radius, size, ink: status === "failing" ? ink.fail : ink.warn };
    disc(context, at, ink.bg);
    drawMark(context, status, at);
  }
  if (item.version !== null && zoom > LABEL_ZOOM)
    drawTag(context, item.version, { x: x + radius + 3, y: y + radius - 6 * zoom, zoom, ink });
  drawName(context, item.name, { x, y: y + radius + 5, zoom, ink });
  if (state.focused === item.id) {
    context.strokeStyle = ink.accent;
    context.lineWidth = 2;
    context.setLineDash([4, 3]);
    context.strokeRect(x - radius - 7, y - radius - 7, radius * 2 + 14, radius * 2 + 14);
    context.setLineDash([]);
  }
}

/** On one line, never smaller than 10 px, cut where the next column begins. */
function drawName(
  context: CanvasRenderingContext2D,
  name: string,
  { x, y, zoom, ink }: { x: number; y: number; zoom: number; ink: Ink },
): void {
  if (zoom < NAME_ZOOM) return;
  context.font = `500 ${Math.max(10, Math.min(14, 13 * zoom))}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.strokeStyle = ink.raised;
  context.lineWidth = 3;
  context.lineJoin = "round";
  const text = fitted(context, name, Math.max(60, 170 * zoom));
  context.strokeText(text, x, y);
  context.fillStyle = ink.ink;
  context.fillText(text, x, y);
}

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly zoom: number;
}

/** Success, failed and refused calls as arcs from the top; nothing when it received none. */
function drawRing(
  context: CanvasRenderingContext2D,
  circle: Circle,
  item: PictureNode,
  { edges, ink }: OverlayState,
): void {
  let calls = 0;
  let failed = 0;
  let denied = 0;
  for (const { to, edge } of edges.values()) {
    if (edge === null || to !== item.id) continue;
    calls += edge.requestsPerSecond;
    failed += edge.requestsPerSecond * (edge.errorRatio ?? 0);
    denied += edge.deniedPerSecond;
  }
  const total = calls + denied;
  if (total === 0) return;
  let from = -Math.PI / 2;
  for (const [share, colour] of [
    [(calls - failed) / total, ink.ok],
    [failed / total, ink.fail],
    [denied / total, ink.denied],
  ] as const) {
    if (share <= 0) continue;
    // What is there is seen: at least 15 degrees for failures of one in a thousand.
    const to = from + Math.max(share, share < 0.5 ? 0.04 : 0) * 2 * Math.PI;
    context.beginPath();
    context.arc(circle.x, circle.y, circle.radius, from, Math.min(to, Math.PI * 1.5));
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1.5, 2.5 * circle.zoom);
    context.stroke();
    from = to;
  }
}

function drawTag(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y, zoom, ink }: { x: number; y: number; zoom: number; ink: Ink },
): void {
  const size = Math.min(11, 11 * zoom);
  context.font = `500 ${size}px ${FONT}`;
  const width = context.measureText(text).width + 8 * Math.min(1, zoom);
  context.fillStyle = ink.raised;
  context.strokeStyle = ink.line;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x - 6, y - size / 2 - 2, width, size + 5, 3);
  context.fill();
  context.stroke();
  context.fillStyle = ink["ink-2"];
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, x - 6 + 4 * Math.min(1, zoom), y + 1);
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface EdgeFrame {
  readonly item: PictureEdge;
  readonly zoom: number;
  readonly state: OverlayState;
  /** Where something stands already; the label adds its own box. */
  readonly taken: Box[];
}

/** Along the line, the middle first: the first place where a label hides nothing. */
const PLACES = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75];

function drawEdgeLabel(
  context: CanvasRenderingContext2D,
  line: EdgeSingular,
  { item, zoom, state, taken }: EdgeFrame,
): void {
  const { edge } = item;
  if (edge === null) return;
  const { ink } = state;
  const status = edgeStatus(edge);
  const trouble = status === "denied" || status === "degraded" || status === "failing" ? status : null;
  const lock = lockOf(edge);
  const text = zoom > LABEL_ZOOM ? edgeLabel(edge, state.metric) : "";
  // From afar only what is not well: a hundred closed locks would hide it.
  const shownLock = lock === "encrypted" && zoom <= LABEL_ZOOM ? null : lock;
  const marks: readonly (keyof typeof MARK_INK)[] = [...(shownLock ? [shownLock] : []), ...(trouble ? [trouble] : [])];
  if (text === "" && marks.length === 0) return;
  const size = zoom > LABEL_ZOOM ? 13 : 10;
  context.font = `500 12px ${FONT}`;
  const width = marks.length * (size + 3) + (text === "" ? 0 : context.measureText(text).width) + 8;
  const centre = freePlace(line, { width, height: size + 7 }, taken);
  context.fillStyle = ink.bg;
  context.beginPath();
  context.roundRect(centre.x - width / 2, centre.y - (size + 7) / 2, width, size + 7, 5);
  context.fill();
  let x = centre.x - width / 2 + 4;
  for (const mark of marks) {
    drawMark(context, mark, { x: x + size / 2, y: centre.y, size, ink: MARK_INK[mark](ink) });
    x += size + 3;
  }
  context.fillStyle =
    status === "denied"
      ? ink.denied
      : status === "failing"
        ? ink.fail
        : status === "degraded"
          ? ink.warn
          : ink["ink-2"];
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, x, centre.y + 0.5);
}

function lockOf({ mtlsRatio, denied }: TopologyEdge): "encrypted" | "plaintext" | null {
  if (mtlsRatio === null || denied) return null;
  return mtlsRatio === 1 ? "encrypted" : "plaintext";
}

const MARK_INK = {
  encrypted: (ink: Ink) => ink.secure,
  plaintext: (ink: Ink) => ink.warn,
  denied: (ink: Ink) => ink.denied,
  degraded: (ink: Ink) => ink.warn,
  failing: (ink: Ink) => ink.fail,
} as const;

function freePlace(
  line: EdgeSingular,
  { width, height }: { width: number; height: number },
  taken: Box[],
): { x: number; y: number } {
  const middle = line.renderedMidpoint();
  const from = line.renderedSourceEndpoint();
  const to = line.renderedTargetEndpoint();
  const bend = { x: middle.x - (from.x + to.x) / 2, y: middle.y - (from.y + to.y) / 2 };
  let best: Box | null = null;
  for (const t of PLACES) {
    const x = from.x + (to.x - from.x) * t + bend.x;
    const y = from.y + (to.y - from.y) * t + bend.y;
    const box = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
    best ??= box;
    if (
      taken.some(
        (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
      )
    )
      continue;
    best = box;
    break;
  }
  const box = best ?? { left: middle.x, right: middle.x, top: middle.y, bottom: middle.y };
  taken.push(box);
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

function disc(
  context: CanvasRenderingContext2D,
  { x, y, size }: { x: number; y: number; size: number },
  ink: string,
): void {
  context.beginPath();
  context.arc(x, y, size * 0.62, 0, 2 * Math.PI);
  context.fillStyle = ink;
  context.fill();
}
