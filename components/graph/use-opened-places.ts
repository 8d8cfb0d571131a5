"use client";
import { useCallback, useMemo, useState } from "react";
import type { Places, Point } from "@/lib/picture/layout/flow";
import { layoutLinks, layoutNodes } from "@/lib/picture/layout/input";
import { openInPlace } from "@/lib/picture/layout/open";
import type { Picture } from "./picture";
import type { Placed } from "./use-places";

interface Grounds {
  readonly picture: Picture;
  /** The picture with all groups folded; the picture itself when none is open. */
  readonly ground: Picture;
}

const NOWHERE: Places = new Map();

/** Places of a picture some of whose groups are open, from those of all of them folded: opening and folding moves nothing for good. */
export function useOpenedPlaces({ picture, ground }: Grounds, laid: Placed): Placed {
  // Nodes inside an open group that were put elsewhere: for as long as the page is open.
  const [moved, setMoved] = useState(NOWHERE);
  const isOpen = picture !== ground;
  const nodes = isOpen ? picture.nodes.map((node) => node.id).join("\n") : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: its nodes stand for the picture: a refresh changes ink, not places
  const places = useMemo(() => {
    if (!isOpen || laid.places.size === 0) return laid.places;
    const input = { nodes: layoutNodes(picture), links: layoutLinks(picture), orientation: laid.orientation };
    const opened = openInPlace(input, laid.places);
    return new Map([...opened].map(([id, place]) => [id, moved.get(id) ?? place]));
  }, [isOpen, nodes, laid.places, laid.orientation, moved]);
  const { move: moveLaid, unpin: unpinLaid } = laid;
  const move = useCallback(
    (id: string, place: Point) => {
      const folded = laid.places.get(id);
      const now = places.get(id);
      if (!isOpen) moveLaid(id, place);
      // A group that is still folded is kept where it would be with all others folded.
      else if (folded && now) moveLaid(id, { x: place.x - now.x + folded.x, y: place.y - now.y + folded.y });
      else setMoved((last) => new Map([...last, [id, place]]));
    },
    [isOpen, laid.places, moveLaid, places],
  );
  const unpin = useCallback(
    (id: string | null) => {
      setMoved((last) => new Map([...last].filter(([each]) => id !== null && each !== id)));
      unpinLaid(id);
    },
    [unpinLaid],
  );
  const pinned = useMemo(
    () => (isOpen ? new Set([...laid.pinned, ...moved.keys()]) : laid.pinned),
    [isOpen, laid.pinned, moved],
  );
  return { ...laid, places, pinned, move, unpin };
}
