"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Orientation, Places, Point } from "@/lib/picture/layout/flow";
import { layoutLinks, layoutNodes } from "@/lib/picture/layout/input";
import type { LayoutName } from "@/lib/picture/layout/layout-name";
import { isAnotherPicture, placesBeside, withPinned } from "@/lib/picture/layout/place";
import { type LayoutInput, layOutPlanned } from "@/lib/picture/layout/planned";
import { hasSameStructure } from "@/lib/picture/scene";
import { layOutAside, startLayoutWorker } from "./layout-worker";
import type { Picture } from "./picture";
import { forgetPlaces, keepPins, keepPlaces, readPins, readPlaces } from "./places-store";

/** CSS pixels: the width below which the page is a phone's. */
const TALL_BELOW = 640;
/** So few nodes are laid out at once: a worker would answer a frame later. */
const AT_ONCE = 200;

export interface Placed {
  /** Of what picture the places are: another level, layout, device or focus has another. */
  readonly key: string;
  readonly orientation: Orientation;
  /** Empty until the first layout is there. */
  readonly places: Places;
  /** A layout is being worked out; until it is there the places before it stay. */
  readonly isArranging: boolean;
  /** Ids of nodes that were put where they are by hand. */
  readonly pinned: ReadonlySet<string>;
  /** Puts a node somewhere and pins it there. */
  readonly move: (id: string, place: Point) => void;
  /** Lets go of one node, or of all: they stay until everything is arranged. */
  readonly unpin: (id: string | null) => void;
  /** Lays everything out anew but what is pinned. */
  readonly arrange: () => void;
}

interface Wanted {
  /** What the nodes stand together by: each name keeps places of its own. */
  readonly name: string;
  readonly layout: LayoutName;
  /** Of the radial layout: the node in the middle; null for whatever calls and is not called. */
  readonly centre: string | null;
}

/** Places of a picture: they change when structure does, when a node is dragged or everything is arranged; never with figures. */
export function usePlaces(picture: Picture, { name, layout, centre }: Wanted): Placed {
  const [turn, setTurn] = useState(0);
  // As the page opened: turning the device must not throw a picture about that is being read.
  const [orientation] = useState<Orientation>(() => (window.innerWidth < TALL_BELOW ? "tall" : "wide"));
  const key = [name, orientation, ...(layout === "layered" ? [] : [layout]), ...(centre ? [centre] : [])].join(".");
  const structure = useStructure(picture);
  // biome-ignore lint/correctness/useExhaustiveDependencies: turn stands for what was moved or let go of by hand
  const plan = useMemo(() => {
    const input = { layout, nodes: layoutNodes(structure), links: layoutLinks(structure), orientation, centre };
    return planOf(input, key);
  }, [structure, key, turn]);
  const [laid, setLaid] = useState<{ readonly plan: Plan; readonly places: Places } | null>(null);
  const shown = useRef<Places>(NOWHERE);

  useEffect(() => {
    if (plan.places !== null) return;
    let isLate = false;
    layOutAside(plan.input)
      // Where no worker may start the page works it out: slower, but there.
      .catch(async () => (await import("@/lib/picture/layout/layouts")).layOut(plan.input))
      .then((places) => {
        if (!isLate) setLaid({ plan, places: kept(withPinned(places, plan.pinnedPlaces), plan.key) });
      });
    return () => {
      isLate = true;
    };
  }, [plan]);

  const ready = plan.places ?? (laid?.plan === plan ? laid.places : null);
  // Those of another structure serve until then where they have a place for every node.
  if (ready !== null) shown.current = ready;
  const places = ready ?? (isWhole(shown.current, structure) ? shown.current : NOWHERE);
  const again = useCallback(() => setTurn((last) => last + 1), []);
  const move = useCallback(
    (id: string, place: Point) => {
      keepPlaces(localStorage, key, new Map([[id, place]]));
      keepPins(localStorage, key, new Set([...readPins(localStorage, key), id]));
      again();
    },
    [key, again],
  );
  const unpin = useCallback(
    (id: string | null) => {
      keepPins(
        localStorage,
        key,
        new Set([...readPins(localStorage, key)].filter((each) => id !== null && each !== id)),
      );
      again();
    },
    [key, again],
  );
  const arrange = useCallback(() => {
    const places = readPlaces(localStorage, key);
    forgetPlaces(localStorage, key);
    keepPlaces(localStorage, key, pinnedOf(places, readPins(localStorage, key)));
    again();
  }, [key, again]);
  return { key, orientation, places, isArranging: ready === null, pinned: plan.pins, move, unpin, arrange };
}

const NOWHERE: Places = new Map();

interface Plan {
  readonly key: string;
  readonly input: LayoutInput;
  readonly pins: ReadonlySet<string>;
  readonly pinnedPlaces: Places;
  /** null: a worker has to work them out. */
  readonly places: Places | null;
}

function planOf(input: LayoutInput, key: string): Plan {
  const { nodes, links } = input;
  const known = readPlaces(localStorage, key);
  const pins = readPins(localStorage, key);
  const pinnedPlaces = pinnedOf(known, new Set(nodes.flatMap(({ id }) => (pins.has(id) ? [id] : []))));
  const base = { key, input, pins, pinnedPlaces };
  if (!isAnotherPicture(nodes, known)) return { ...base, places: kept(placesBeside(nodes, links, known), key) };
  if (nodes.length > AT_ONCE || input.layout === "force") {
    startLayoutWorker();
    return { ...base, places: null };
  }
  return { ...base, places: kept(withPinned(layOutPlanned(input), pinnedPlaces), key) };
}

function kept(places: Places, key: string): Places {
  keepPlaces(localStorage, key, places);
  return places;
}

function pinnedOf(places: Places, pins: ReadonlySet<string>): Places {
  return new Map([...places].filter(([id]) => pins.has(id)));
}

function isWhole(places: Places, { nodes }: Picture): boolean {
  return nodes.every(({ id }) => places.has(id));
}

/** The first picture of its structure: the same object as long as only figures change. */
function useStructure(picture: Picture): Picture {
  const first = useRef(picture);
  if (!hasSameStructure(first.current, picture)) first.current = picture;
  return first.current;
}
