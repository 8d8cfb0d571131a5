/**
 * Places by id, kept in this browser: the picture stands where it stood yesterday. Those of an arrangement before are let go of, but for
 * what was put where it is by hand.
 */
import { ARRANGEMENT } from "@/lib/picture/layout/arrangement";
import type { Places, Point } from "@/lib/picture/layout/flow";

const KEY = "meshdeck.graph.places";
/** Long gone ids are let go of when there are more than this. */
const MAX_KEPT = 5000;

/** The kept places of a layout (`services.wide`); none when there are none or they cannot be read. */
export function readPlaces(storage: Pick<Storage, "getItem">, layout: string): Places {
  const { arrangement, places } = readKept(storage, layout);
  if (arrangement === ARRANGEMENT) return places;
  const pins = readPins(storage, layout);
  return new Map([...places].filter(([id]) => pins.has(id)));
}

interface Kept {
  /** null: from before arrangements were told apart. */
  readonly arrangement: number | null;
  readonly places: Places;
}

function readKept(storage: Pick<Storage, "getItem">, layout: string): Kept {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(`${KEY}.${layout}`) ?? "null");
    return isMarked(parsed)
      ? { arrangement: parsed.arrangement, places: placesIn(parsed.places) }
      : { arrangement: null, places: placesIn(parsed) };
  } catch {
    return { arrangement: null, places: new Map() };
  }
}

function isMarked(value: unknown): value is { readonly arrangement: number; readonly places: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    "arrangement" in value &&
    "places" in value &&
    typeof value.arrangement === "number"
  );
}

function placesIn(value: unknown): Places {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([id, pair]) => (isPair(pair) ? [[id, { x: pair[0], y: pair[1] }] as const] : [])),
  );
}

/** Keeps places, beside those of nodes that are not shown now. A full or forbidden storage is no reason to stop. */
export function keepPlaces(storage: Pick<Storage, "getItem" | "setItem">, layout: string, places: Places): void {
  const merged = new Map<string, Point>([...readPlaces(storage, layout), ...places]);
  const kept = [...merged].slice(-MAX_KEPT).map(([id, { x, y }]) => [id, [x, y]] as const);
  try {
    storage.setItem(`${KEY}.${layout}`, JSON.stringify({ arrangement: ARRANGEMENT, places: Object.fromEntries(kept) }));
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
