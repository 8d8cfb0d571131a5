"use client";
import { useCallback, useMemo, useState } from "react";
import type { Places, Point } from "./layout/flow";
import { flowLayout } from "./layout/flow";
import { placesFor } from "./layout/place";
import { type Level, type Picture, structureKey } from "./picture";
import { forgetPlaces, keepPlaces, readPlaces } from "./places-store";

/** Places of a picture: they change when structure does, when a node is dragged or everything is arranged; never with figures. */
export function usePlaces(
  picture: Picture,
  level: Level,
): { places: Places; move: (id: string, place: Point) => void; arrange: () => void } {
  const [turn, setTurn] = useState(0);
  const structure = structureKey(picture);
  // biome-ignore lint/correctness/useExhaustiveDependencies: structure stands for the picture, turn for what was moved by hand
  const places = useMemo(() => {
    if (picture.nodes.length === 0) return new Map<string, Point>();
    const next = placesFor(picture.nodes, picture.edges, readPlaces(localStorage, level));
    keepPlaces(localStorage, level, next);
    return next;
  }, [structure, level, turn]);
  const move = useCallback(
    (id: string, place: Point) => {
      keepPlaces(localStorage, level, new Map([[id, place]]));
      setTurn((last) => last + 1);
    },
    [level],
  );
  const arrange = useCallback(() => {
    forgetPlaces(localStorage, level);
    keepPlaces(localStorage, level, flowLayout(picture.nodes, picture.edges));
    setTurn((last) => last + 1);
  }, [level, picture]);
  return { places, move, arrange };
}
