/** Places by id, kept in this browser: the picture stands where it stood yesterday. */
import type { Places, Point } from "@/lib/picture/layout/flow";

const KEY = "meshdeck.graph.places";
/** Long gone ids are let go of when there are more than this. */
const MAX_KEPT = 5000;

/** The kept places of a layout (`services.wide`); none when there are none or they cannot be read. */
export function readPlaces(storage: Pick<Storage, "getItem">, layout: string): Places {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(`${KEY}.${layout}`) ?? "{}");
    if (typeof parsed !== "object" || parsed === null) return new Map();
    return new Map(
      Object.entries(parsed).flatMap(([id, value]) =>
        isPair(value) ? [[id, { x: value[0], y: value[1] }] as const] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

/** Keeps places, beside those of nodes that are not shown now. A full or forbidden storage is no reason to stop. */
export function keepPlaces(storage: Pick<Storage, "getItem" | "setItem">, layout: string, places: Places): void {
  const merged = new Map<string, Point>([...readPlaces(storage, layout), ...places]);
  const kept = [...merged].slice(-MAX_KEPT).map(([id, { x, y }]) => [id, [x, y]] as const);
  try {
    storage.setItem(`${KEY}.${layout}`, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // The picture is the same as long as the page stays open.
  }
}

/** For arranging afresh. */
export function forgetPlaces(storage: Pick<Storage, "removeItem">, layout: string): void {
  storage.removeItem(`${KEY}.${layout}`);
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((each) => Number.isFinite(each));
}

const PINS = "meshdeck.graph.pins";

/** Ids of nodes that were put where they are by hand, of one layout. */
export function readPins(storage: Pick<Storage, "getItem">, layout: string): ReadonlySet<string> {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(`${PINS}.${layout}`) ?? "[]");
    return new Set(Array.isArray(parsed) ? parsed.filter((id) => typeof id === "string") : []);
  } catch {
    return new Set();
  }
}

/** The newest MAX_KEPT of them. */
export function keepPins(storage: Pick<Storage, "setItem">, layout: string, pins: ReadonlySet<string>): void {
  try {
    storage.setItem(`${PINS}.${layout}`, JSON.stringify([...pins].slice(-MAX_KEPT)));
  } catch {
    // As with places.
  }
}
