/**
 * Which names there is room for. Names keep their size however far away the picture is, so that at any zoom some of them stand: those of
 * what is worst and busiest first, each where it hides neither another name nor a node that is not well. Panning changes nothing about
 * it, and figures only where they change a state: it is worked out once for each zoom.
 */
import { TakenRoom } from "./boxes";
import type { Frame } from "./frame";
import type { Look } from "./look";
import { titleRooms } from "./paint-regions";
import type { DrawnNode, DrawnPicture } from "./picture";
import { type Box, boundsOf } from "./regions";
import { insideStatus } from "./status";
import type { Surface } from "./surface";
import { roomFor } from "./text-width";

export interface Names {
  /** By index: how wide a name may be, in pixels of the screen; 0 for none. */
  readonly width: Float32Array;
  /** By index: about as wide as it is. */
  readonly room: Float32Array;
  /** By index: about as wide as its second line is; 0 for none, or where there is no room for it. */
  readonly second: Float32Array;
}

/** Beneath a node. Pixels of the screen. */
export const NAME_GAP = 5;
/** What in a folded group is not well: the size of its words, what its mark takes before them, and how far beneath the name it stands. Pixels of the screen. */
export const SECOND_LINE = { size: 11, mark: 13, gap: 3 } as const;

/** Never smaller than can be read. Pixels of the screen. */
export function nameSize(zoom: number): number {
  return Math.max(12, Math.min(14, 13 * zoom));
}

/** Nearer than this every node has a name, cut if need be. From further away a name may cover nodes that are well. */
const ALL_ZOOM = 0.5;
const SECOND_LINE_ZOOM = 0.7;
/** A name is not longer than this, nor cut to less. Pixels of the screen. */
const LONGEST = 170;
const SHORTEST = 60;
/** Between two columns of services there is as much. Model pixels. */
const COLUMN = 140;
/** Free around a name; from afar more, so that names stay single words among nodes. Pixels of the screen. */
const NEAR = { x: 0, y: 3 } as const;
const FAR = { x: 8, y: 5 } as const;

/** Of more nodes than this neither figures alone nor a small step of zoom has room shared out anew. */
const MANY = 300;
/** By so much; what has room seen from further away has it from nearer. */
const STEP = 1.12;

interface Made {
  readonly zoom: number;
  readonly look: Look;
  readonly picture: DrawnPicture;
  readonly names: Names;
}

const made = new WeakMap<Float32Array, Made>();

/** `surface` measures the titles of regions. The same object as long as nothing changed that matters. */
export function namesOf(surface: Surface, frame: Frame): Names {
  const { scene, look, view } = frame;
  const zoom = scene.x.length > MANY ? STEP ** Math.floor(Math.log(view.zoom) / Math.log(STEP)) : view.zoom;
  // Columns of places are kept through every refresh.
  const before = made.get(scene.x);
  const isKept = before !== undefined && before.zoom === zoom && isStill(before, frame);
  const names = isKept ? before.names : placed(surface, { ...frame, view: { ...view, zoom } });
  // Kept for this look too: the frames of a gesture are not compared with an older one each.
  made.set(scene.x, { zoom, look, picture: scene.picture, names });
  return names;
}

/** Whether nothing changed that room is shared out by; of few nodes it is done anew for every figure. */
function isStill({ look, picture }: Made, { look: now, scene }: Frame): boolean {
  if (look === now && picture === scene.picture) return true;
  return (
    scene.x.length > MANY &&
    isSameColumn(look.nodeLook, now.nodeLook) &&
    isSameColumn(look.hasSecondLine, now.hasSecondLine) &&
    scene.picture.nodes.every(({ diff }, at) => diff?.label === picture.nodes[at]?.diff?.label)
  );
}

function isSameColumn(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((value, at) => value === b[at]));
}

/** As it is written: with the sign of what has changed where two moments are compared. */
export function nameOf({ name, diff }: DrawnNode): string {
  return diff ? `${diff.label} ${name}` : name;
}

/** What of the screen is taken so far, and in what order the rest is given away. */
type Placing = Names & { readonly taken: TakenRoom; readonly order: Int32Array };

function placed(surface: Surface, frame: Frame): Names {
  const count = frame.scene.x.length;
  const names: Placing = {
    width: new Float32Array(count),
    room: new Float32Array(count),
    second: new Float32Array(count),
    taken: obstacles(surface, frame),
    order: gravestFirst(frame.look),
  };
  placeNames(frame, names);
  if (frame.view.zoom >= SECOND_LINE_ZOOM) placeSecondLines(frame, names);
  return names;
}

function placeNames(frame: Frame, { order, taken, width, room }: Placing): void {
  const { zoom } = frame.view;
  const size = nameSize(zoom);
  const longest = LONGEST * Math.max(1, zoom);
  const apart = zoom > ALL_ZOOM ? NEAR : FAR;
  for (const node of order) {
    const item = frame.scene.picture.nodes[node] as DrawnNode;
    const whole = Math.min(longest, roomFor(nameOf(item), size));
    const cut = Math.min(whole, Math.max(SHORTEST, COLUMN * zoom));
    const box = (wide: number) =>
      beneath(frame, node, { from: NAME_GAP - 2, height: size + apart.y, width: wide + apart.x });
    const own = taken.isFree(box(whole)) ? whole : zoom > ALL_ZOOM || taken.isFree(box(cut)) ? cut : 0;
    // What is whole by the table is not cut for being a little wider than that.
    width[node] = own === whole ? longest : own;
    room[node] = own;
    if (own > 0) taken.add(box(own));
  }
}

function placeSecondLines(frame: Frame, { order, taken, second }: Placing): void {
  const from = NAME_GAP + nameSize(frame.view.zoom) + SECOND_LINE.gap;
  for (const node of order) {
    if (frame.look.hasSecondLine[node] !== 1) continue;
    const { folded } = frame.scene.picture.nodes[node] as DrawnNode;
    const gravest = folded && insideStatus(folded);
    if (!gravest) continue;
    const width = roomFor(gravest.text, SECOND_LINE.size) + SECOND_LINE.mark;
    const box = beneath(frame, node, { from, height: SECOND_LINE.size, width });
    if (!taken.isFree(box)) continue;
    second[node] = width;
    taken.add(box);
  }
}

/** Room under a node as if the picture began at the origin: panning is left out of it. */
function beneath(
  { scene, look, view: { zoom } }: Frame,
  node: number,
  { from, height, width }: { readonly from: number; readonly height: number; readonly width: number },
): Box {
  const x = (scene.x[node] ?? 0) * zoom;
  const top = (scene.y[node] ?? 0) * zoom + ((look.nodeSize[node] ?? 0) / 2) * zoom + from;
  return { left: x - width / 2, right: x + width / 2, top, bottom: top + height };
}

/** Nodes that can be told from others, and the titles of regions. */
function obstacles(surface: Surface, frame: Frame): TakenRoom {
  const { scene, look } = frame;
  const { zoom } = frame.view;
  const taken = new TakenRoom();
  const box = boundsOf(scene);
  if (box === null) return taken;
  for (let node = 0; node < scene.x.length; node += 1) {
    if (zoom <= ALL_ZOOM && look.nodeLook[node] === 0) continue;
    const x = (scene.x[node] ?? 0) * zoom;
    const y = (scene.y[node] ?? 0) * zoom;
    const half = ((look.nodeSize[node] ?? 0) / 2) * zoom;
    taken.add({ left: x - half, right: x + half, top: y - half, bottom: y + half });
  }
  const [x, y] = [-box.left * zoom, -box.top * zoom];
  const whole: Frame = { ...frame, view: { zoom, x, y, width: Number.MAX_VALUE, height: Number.MAX_VALUE } };
  for (const room of titleRooms(surface, whole)) {
    taken.add({ left: room.left - x, right: room.right - x, top: room.top - y, bottom: room.bottom - y });
  }
  return taken;
}

/** The worst, of them the busiest, of them the first: a node's size is by how much it calls and is called. */
function gravestFirst({ nodeLook, nodeSize }: Look): Int32Array {
  return Int32Array.from(nodeLook.keys()).sort(
    (a, b) => (nodeLook[b] ?? 0) - (nodeLook[a] ?? 0) || (nodeSize[b] ?? 0) - (nodeSize[a] ?? 0) || a - b,
  );
}
