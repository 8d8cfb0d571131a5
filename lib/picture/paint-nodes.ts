/** Nodes: outline by kind, border by state, a ring of what they received, pods, version and name. */

import { type Frame, nodesInView } from "./frame";
import type { Ink } from "./ink";
import { NODE_LOOKS } from "./look";
import { paintMark } from "./marks";
import { NAME_GAP, type Names, namesOf } from "./names";
import { DIMMED } from "./paint-edges";
import { paintNames, STATUS_INK } from "./paint-names";
import type { DrawnNode } from "./picture";
import { type Spot, spotOf } from "./spot";
import { type InsideStatus, insideStatus } from "./status";
import { FONT, type Surface } from "./surface";

/** Below these zooms words and rings are no longer legible. */
const LABEL_ZOOM = 0.5;
const RING_ZOOM = 0.275;
/** Smaller on the screen than this a node is a dot. Pixels. */
const DOT = 11;
/** As large as most nodes are. Model pixels. */
const USUAL_SIZE = 40;

export function paintNodes(surface: Surface, frame: Frame): void {
  const visible = nodesInView(frame);
  const { shade } = frame;
  const names = namesOf(surface, frame);
  const layers: readonly (readonly [Int32Array, number])[] =
    shade === null
      ? [[visible, 1]]
      : [
          [visible.filter((node) => shade.nodes[node] === 1), DIMMED],
          [visible.filter((node) => shade.nodes[node] !== 1), 1],
        ];
  for (const [nodes, alpha] of layers) {
    surface.globalAlpha = alpha;
    if (USUAL_SIZE * frame.view.zoom < DOT) paintDots(surface, frame, nodes);
    else paintOutlines(surface, frame, nodes);
    if (frame.view.zoom > RING_ZOOM) paintRings(surface, frame, nodes);
    for (const node of nodes) paintWords(surface, frame, { ...spotOf(frame, node), names });
    paintNames(surface, frame, { nodes, names });
  }
  surface.globalAlpha = 1;
  paintFocus(surface, frame);
}

const BORDERS: readonly { readonly ink: keyof Ink; readonly width: number }[] = [
  { ink: "line-strong", width: 1.5 },
  { ink: "warn", width: 2 },
  { ink: "fail", width: 2.5 },
];
const CHOSEN = { ink: "accent", width: 3 } as const;

function paintDots(surface: Surface, frame: Frame, nodes: Int32Array): void {
  NODE_LOOKS.forEach((_, code) => {
    surface.beginPath();
    for (const node of nodes) {
      if (frame.look.nodeLook[node] !== code) continue;
      const { x, y, radius } = spotOf(frame, node);
      const half = Math.max(code === 0 ? 1 : 2, radius);
      surface.rect(x - half, y - half, half * 2, half * 2);
    }
    surface.fillStyle = frame.ink[BORDERS[code]?.ink ?? "line-strong"];
    surface.fill();
  });
  const chosen = frame.chosen === null ? undefined : frame.scene.indexOf.get(frame.chosen);
  if (chosen === undefined) return;
  const { x, y, radius } = spotOf(frame, chosen);
  surface.beginPath();
  surface.rect(x - radius - 3, y - radius - 3, radius * 2 + 6, radius * 2 + 6);
  surface.strokeStyle = frame.ink.accent;
  surface.lineWidth = 2;
  surface.stroke();
}

/** One path for all nodes of one shape and border. */
function paintOutlines(surface: Surface, frame: Frame, nodes: Int32Array): void {
  const groups = new Map<string, number[]>();
  for (const node of nodes) {
    const { id, shape } = frame.scene.picture.nodes[node] as DrawnNode;
    const border = id === frame.chosen ? "chosen" : String(frame.look.nodeLook[node] ?? 0);
    const key = `${border} ${shape}`;
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  const scale = Math.min(1, Math.max(0.6, frame.view.zoom));
  for (const [key, group] of groups) {
    const [border = "", shape = ""] = key.split(" ");
    const { ink, width } = border === "chosen" ? CHOSEN : (BORDERS[Number(border)] ?? CHOSEN);
    surface.beginPath();
    for (const node of group) outline(surface, shape, { ...spotOf(frame, node), zoom: frame.view.zoom });
    surface.fillStyle = shape === "external" ? frame.ink.bg : frame.ink.surface;
    surface.fill();
    surface.strokeStyle = frame.ink[ink];
    surface.lineWidth = width * scale;
    surface.setLineDash(shape === "external" ? [4, 3] : []);
    surface.stroke();
    surface.setLineDash([]);
  }
}

function outline(surface: Surface, shape: string, { x, y, radius, zoom }: Spot & { zoom: number }): void {
  if (shape === "workload") {
    surface.moveTo(x + radius, y);
    surface.arc(x, y, radius, 0, 2 * Math.PI);
  } else if (shape === "tcp") {
    cylinder(surface, { x, y, radius });
  } else {
    surface.roundRect(x - radius, y - radius, radius * 2, radius * 2, 9 * zoom);
  }
}

/** Half the height of a cylinder's lid, of the node's half. */
const LID = 0.2;

function cylinder(surface: Surface, { x, y, radius }: { x: number; y: number; radius: number }): void {
  const lid = radius * LID;
  surface.moveTo(x - radius, y - radius + lid);
  surface.ellipse(x, y - radius + lid, radius, lid, 0, Math.PI, 2 * Math.PI);
  surface.lineTo(x + radius, y + radius - lid);
  surface.ellipse(x, y + radius - lid, radius, lid, 0, 0, Math.PI);
  surface.closePath();
  // The near rim of the lid.
  surface.moveTo(x + radius, y - radius + lid);
  surface.ellipse(x, y - radius + lid, radius, lid, 0, 0, Math.PI);
}

/** Success, failed and refused calls as arcs from the top; nothing where none was received. */
function paintRings(surface: Surface, frame: Frame, nodes: Int32Array): void {
  surface.lineWidth = Math.max(1.5, 2.5 * frame.view.zoom);
  (["ok", "fail", "denied"] as const).forEach((ink, part) => {
    surface.beginPath();
    for (const node of nodes) arcOf(surface, frame, { node, part });
    surface.strokeStyle = frame.ink[ink];
    surface.stroke();
  });
}

function arcOf(surface: Surface, frame: Frame, { node, part }: { node: number; part: number }): void {
  const { received } = frame.look;
  const parts = [0, 1, 2].map((each) => received[node * 3 + each] ?? 0);
  const total = parts.reduce((sum, each) => sum + each, 0);
  if (total === 0 || (parts[part] ?? 0) <= 0) return;
  // What is there is seen: at least 15 degrees for failures of one in a thousand.
  const angles = parts.map((each) => (each <= 0 ? 0 : Math.max(each / total, 0.04)));
  const whole = angles.reduce((sum, each) => sum + each, 0);
  const before = angles.slice(0, part).reduce((sum, each) => sum + each, 0) / whole;
  const from = -Math.PI / 2 + before * 2 * Math.PI;
  const to = from + ((angles[part] ?? 0) / whole) * 2 * Math.PI;
  const { item, x, y: centre, radius } = spotOf(frame, node);
  // A cylinder has its lid above: the ring stands on its front.
  const [ring, y] = item.shape === "tcp" ? [radius * 0.54, centre + radius * LID] : [radius * 0.62, centre];
  surface.moveTo(x + ring * Math.cos(from), y + ring * Math.sin(from));
  surface.arc(x, y, ring, from, to);
}

function paintWords(surface: Surface, frame: Frame, spot: Spot & { readonly names: Names }): void {
  const { zoom } = frame.view;
  const { item, x, y, radius } = spot;
  const { ink } = frame;
  if (zoom > LABEL_ZOOM) {
    paintInside(surface, frame, spot);
    if (item.version !== null)
      paintTag(surface, item.version, { x: x + radius + 3, y: y + radius - 6 * zoom, zoom, ink });
  }
  if (zoom <= RING_ZOOM) return;
  const mark = cornerMark(frame, spot);
  if (mark !== null) {
    const { status } = mark;
    const size = Math.max(mark.isWhole ? 12 : 10, (mark.isWhole ? 16 : 11) * Math.min(1, zoom));
    const at = { x: x + radius, y: y - radius, size, ink: ink[STATUS_INK[status]] };
    surface.beginPath();
    surface.arc(at.x, at.y, size * 0.62, 0, 2 * Math.PI);
    surface.fillStyle = ink.bg;
    surface.fill();
    paintMark(surface, status, at);
  }
  if (frame.pinned.has(item.id)) paintPin(surface, frame, spot);
}

/** The state of the node; else, smaller, that something folded in it is failing where no line beneath the name says so. */
function cornerMark(
  frame: Frame,
  { node, item, names }: Spot & { readonly names: Names },
): { readonly status: InsideStatus["status"]; readonly isWhole: boolean } | null {
  const state = NODE_LOOKS[frame.look.nodeLook[node] ?? 0];
  if (state === "degraded" || state === "failing") return { status: state, isWhole: true };
  if (item.folded === null || names.second[node] !== 0 || frame.look.hasSecondLine[node] !== 1) return null;
  const inside = insideStatus(item.folded);
  return inside?.status === "failing" ? { status: "failing", isWhole: false } : null;
}

/** How many pods, and how many of them are ready; of a folded group how many services. */
function paintInside(surface: Surface, { view, ink }: Frame, { item, x, y, radius }: Spot): void {
  const { pods, folded } = item;
  const short = pods !== null && pods.ready < pods.total;
  const text = folded
    ? String(folded.services || folded.workloads)
    : pods === null
      ? ""
      : short
        ? `${pods.ready}/${pods.total}`
        : String(pods.total);
  surface.font = `500 ${Math.min(folded ? 15 : 12, (folded ? 14 : 11) * view.zoom)}px ${FONT}`;
  surface.textAlign = "center";
  surface.textBaseline = "middle";
  surface.fillStyle = short && !folded ? ink.warn : folded ? ink["ink-2"] : ink["ink-3"];
  surface.fillText(text, x, y + 0.5 + (item.shape === "tcp" ? radius * LID : 0));
}

/** A pin at the upper left corner: put here by hand. */
function paintPin(surface: Surface, { ink }: Frame, { x, y, radius }: Spot): void {
  const [left, top] = [x - radius, y - radius];
  surface.beginPath();
  surface.arc(left, top, 4, 0, 2 * Math.PI);
  surface.fillStyle = ink["ink-2"];
  surface.fill();
  surface.beginPath();
  surface.moveTo(left, top + 3);
  surface.lineTo(left, top + 9);
  surface.strokeStyle = ink["ink-2"];
  surface.lineWidth = 1.5;
  surface.stroke();
}

interface TagAt {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly ink: Ink;
}

function paintTag(surface: Surface, text: string, { x, y, zoom, ink }: TagAt): void {
  const size = Math.min(11, 11 * zoom);
  const inset = 4 * Math.min(1, zoom);
  surface.font = `500 ${size}px ${FONT}`;
  surface.beginPath();
  surface.roundRect(x - 6, y - size / 2 - 2, surface.measureText(text).width + 2 * inset, size + 5, 3);
  surface.fillStyle = ink.raised;
  surface.fill();
  surface.strokeStyle = ink.line;
  surface.lineWidth = 1;
  surface.stroke();
  surface.fillStyle = ink["ink-2"];
  surface.textAlign = "left";
  surface.textBaseline = "middle";
  surface.fillText(text, x - 6 + inset, y + 1);
}

/** From a node to the frame of the keyboard: above its name. Pixels of the screen. */
const FRAME = NAME_GAP - 1;

function paintFocus(surface: Surface, frame: Frame): void {
  const node = frame.focused === null ? undefined : frame.scene.indexOf.get(frame.focused);
  if (node === undefined) return;
  const { x, y, radius } = spotOf(frame, node);
  surface.beginPath();
  surface.rect(x - radius - FRAME, y - radius - FRAME, 2 * (radius + FRAME), 2 * (radius + FRAME));
  surface.strokeStyle = frame.ink.accent;
  surface.lineWidth = 2;
  surface.setLineDash([4, 3]);
  surface.stroke();
  surface.setLineDash([]);
}
