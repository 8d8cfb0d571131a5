/** Names beneath nodes, where there is room for them (names.ts). */
import type { Frame } from "./frame";
import type { Ink } from "./ink";
import { paintMark } from "./marks";
import { NAME_GAP, type Names, nameOf, nameSize, SECOND_LINE } from "./names";
import type { DrawnNode } from "./picture";
import { type Spot, spotOf } from "./spot";
import { type InsideStatus, insideStatus } from "./status";
import { FONT, fitted, type Surface } from "./surface";

/** Of more names than this none has a halo: each would cost as much again. */
const MOST_HALOS = 250;
/** A chosen node has its name even where there is no room. Pixels. */
const CHOSEN_NAME = 170;

export const STATUS_INK: Readonly<Record<InsideStatus["status"], keyof Ink>> = {
  failing: "fail",
  denied: "denied",
  degraded: "warn",
};

export function paintNames(
  surface: Surface,
  frame: Frame,
  { nodes, names }: { readonly nodes: Int32Array; readonly names: Names },
): void {
  const named = nodes.filter((node) => names.width[node] !== 0 || isChosen(frame, node));
  const halo = named.length <= MOST_HALOS;
  for (const node of named) paintName(surface, frame, { ...spotOf(frame, node), names, halo });
}

function isChosen({ scene, chosen, focused }: Frame, node: number): boolean {
  const id = scene.picture.nodes[node]?.id;
  return id === chosen || id === focused;
}

interface Named extends Spot {
  readonly names: Names;
  readonly halo: boolean;
}

/** Where there is room for it: on one line, and of a folded group beneath it what in it is not well. */
function paintName(surface: Surface, frame: Frame, { node, item, x, y, radius, names, halo }: Named): void {
  const { ink, view } = frame;
  const width = names.width[node] || CHOSEN_NAME;
  const size = nameSize(view.zoom);
  const top = y + radius + NAME_GAP;
  surface.font = `500 ${size}px ${FONT}`;
  surface.textAlign = "center";
  surface.textBaseline = "top";
  const text = fitted(surface, nameOf(item), width);
  if (halo) {
    surface.strokeStyle = ink.raised;
    surface.lineWidth = 3;
    surface.lineJoin = "round";
    surface.strokeText(text, x, top);
  }
  surface.fillStyle = item.diff ? ink.accent : ink.ink;
  surface.fillText(text, x, top);
  if (names.second[node] !== 0) paintInsideStatus(surface, frame, { item, x, top: top + size + SECOND_LINE.gap });
}

/** The mark of the gravest in a folded group, and how much of it is so: `1 of 15 failing`. */
function paintInsideStatus(
  surface: Surface,
  { ink }: Frame,
  { item, x, top }: { readonly item: DrawnNode; readonly x: number; readonly top: number },
): void {
  const gravest = item.folded && insideStatus(item.folded);
  if (!gravest) return;
  const { status, text } = gravest;
  surface.font = `400 ${SECOND_LINE.size}px ${FONT}`;
  const half = (surface.measureText(text).width + SECOND_LINE.mark) / 2;
  surface.textAlign = "left";
  surface.strokeStyle = ink.bg;
  surface.lineWidth = 3;
  surface.lineJoin = "round";
  surface.strokeText(text, x - half + SECOND_LINE.mark, top);
  surface.fillStyle = ink["ink-2"];
  surface.fillText(text, x - half + SECOND_LINE.mark, top);
  paintMark(surface, status, { x: x - half + 4, y: top + 5, size: 10, ink: ink[STATUS_INK[status]] });
}
