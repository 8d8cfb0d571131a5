"use client";
import { useCallback, useMemo, useState } from "react";
import type { Orientation, Places, Point } from "@/lib/picture/layout/flow";
import { placesFor } from "@/lib/picture/layout/place";
import { type Picture, type PictureEdge, structureKey } from "./picture";
import { forgetPlaces, keepPlaces, readPlaces } from "./places-store";

/** CSS pixels: the width below which the page is a phone's. */
const TALL_BELOW = 640;

/** Places of a picture: kept by the name of their layout. They change when structure does, when a node is dragged or everything is arranged; never with figures. */
export function usePlaces(
  picture: Picture,
  name: string,
): { places: Places; move: (id: string, place: Point) => void; arrange: () => void } {
  const [turn, setTurn] = useState(0);
  // As the page opened: turning the device must not throw a picture about that is being read.
  const [orientation] = useState<Orientation>(() => (window.innerWidth < TALL_BELOW ? "tall" : "wide"));
  const layout = `${name}.${orientation}`;
  const structure = structureKey(picture);
  // biome-ignore lint/correctness/useExhaustiveDependencies: structure stands for the picture, turn for what was moved by hand
  const places = useMemo(() => {
    if (picture.nodes.length === 0) return new Map<string, Point>();
    const next = placesFor(picture.nodes, flowLinks(picture), { kept: readPlaces(localStorage, layout), orientation });
    keepPlaces(localStorage, layout, next);
    return next;
  }, [structure, layout, turn]);
  const move = useCallback(
    (id: string, place: Point) => {
      keepPlaces(localStorage, layout, new Map([[id, place]]));
      setTurn((last) => last + 1);
    },
    [layout],
  );
  const arrange = useCallback(() => {
    forgetPlaces(localStorage, layout);
    setTurn((last) => last + 1);
  }, [layout]);
  return { places, move, arrange };
}

/** A split's root stands beside its backends, not before them: in between it would be in the way of the calls they get. */
function flowLinks(picture: Picture): readonly PictureEdge[] {
  return picture.edges.filter((edge) => edge.kind !== "split");
}
