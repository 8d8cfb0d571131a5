/** Which folded group one has zoomed in on. */
import type { Places } from "@/lib/picture/layout/flow";
import type { Picture } from "./picture";

interface Sight {
  readonly picture: Picture;
  readonly places: Places;
  /** What is in view, in model pixels. */
  readonly view: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** Screen pixels of a model pixel. */
  readonly zoom: number;
  /** What was offered last. */
  readonly last: string | null;
}

/** Zoom at which an offer comes, and below which it goes again. */
const NEAR = 1.8;
const FAR = 1.45;
/** Share of the view around its middle in which the group must stand. */
const MIDDLE = 0.6;

/** The folded group nearest to the middle of a close view; the one offered last stays until one is well away from it. */
export function offerAt({ picture, places, view, zoom, last }: Sight): string | null {
  const width = view.right - view.left;
  if (zoom < (last === null ? NEAR : FAR)) return null;
  const centre = { x: (view.left + view.right) / 2, y: (view.top + view.bottom) / 2 };
  let nearest: string | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const { id, folded } of picture.nodes) {
    const place = folded === null ? undefined : places.get(id);
    if (place === undefined) continue;
    const dx = Math.abs(place.x - centre.x);
    const dy = Math.abs(place.y - centre.y);
    if (dx > (width * MIDDLE) / 2 || dy > ((view.bottom - view.top) * MIDDLE) / 2) continue;
    const away = Math.hypot(dx, dy) - (id === last ? width * 0.1 : 0);
    if (away < distance) {
      nearest = id;
      distance = away;
    }
  }
  return nearest;
}
