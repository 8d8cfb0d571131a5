/** Panels in their grid: moving one pushes the others down, and nothing hangs in the air. */
import { GRID_COLUMNS, MOST_HEIGHT, type Panel, type Place } from "./panel";

const LEAST = 2;

/** The panels with one at another place, clamped to the grid; the others make room, then everything moves up as far as it can. */
export function movePanel(panels: readonly Panel[], index: number, to: Place): Panel[] {
  const moved = panels[index];
  if (!moved) return [...panels];
  const fixed = clamp(to);
  const taken: Place[] = [fixed];
  const places = new Map<number, Place>([[index, fixed]]);
  for (const other of inReadingOrder(panels)) {
    if (other === index) continue;
    const place = downUntilFree(panels[other]?.place ?? fixed, taken);
    taken.push(place);
    places.set(other, place);
  }
  return compact(panels.map((panel, at) => ({ ...panel, place: places.get(at) ?? panel.place })));
}

export function removePanel(panels: readonly Panel[], index: number): Panel[] {
  return compact(panels.filter((_, at) => at !== index));
}

/** The panels with one more, below all others. */
export function addPanel(panels: readonly Panel[], panel: Omit<Panel, "place">, size: Pick<Place, "w" | "h">): Panel[] {
  const bottom = Math.max(0, ...panels.map(({ place }) => place.y + place.h));
  return compact([...panels, { ...panel, place: { x: 0, y: bottom, ...size } }].map(besideTheLast));
}

/** A new panel stands to the right of the last one when there is room. */
function besideTheLast(panel: Panel, index: number, all: readonly Panel[]): Panel {
  const last = index === all.length - 1 ? all[index - 1]?.place : undefined;
  const beside = last && { ...panel.place, x: last.x + last.w, y: last.y };
  const others = all.slice(0, -1).map(({ place }) => place);
  const fits = beside && beside.x + beside.w <= GRID_COLUMNS && !others.some((other) => overlap(beside, other));
  return fits ? { ...panel, place: beside } : panel;
}

function compact(panels: readonly Panel[]): Panel[] {
  const taken: Place[] = [];
  const places = new Map<number, Place>();
  for (const index of inReadingOrder(panels)) {
    const place = panels[index]?.place;
    if (!place) continue;
    let y = place.y;
    while (y > 0 && !taken.some((other) => overlap({ ...place, y: y - 1 }, other))) y -= 1;
    taken.push({ ...place, y });
    places.set(index, { ...place, y });
  }
  return panels.map((panel, index) => ({ ...panel, place: places.get(index) ?? panel.place }));
}

/** Indices from the top left. */
export function inReadingOrder(panels: readonly Panel[]): readonly number[] {
  const at = (index: number) => panels[index]?.place ?? { x: 0, y: 0 };
  return panels.map((_, index) => index).sort((a, b) => at(a).y - at(b).y || at(a).x - at(b).x || a - b);
}

function downUntilFree(place: Place, taken: readonly Place[]): Place {
  let y = place.y;
  while (taken.some((other) => overlap({ ...place, y }, other))) y += 1;
  return { ...place, y };
}

export function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function clamp({ x, y, w, h }: Place): Place {
  const width = Math.min(GRID_COLUMNS, Math.max(LEAST, Math.round(w)));
  return {
    x: Math.min(GRID_COLUMNS - width, Math.max(0, Math.round(x))),
    y: Math.max(0, Math.round(y)),
    w: width,
    h: Math.min(MOST_HEIGHT, Math.max(LEAST, Math.round(h))),
  };
}
