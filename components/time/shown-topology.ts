"use client";
import { useMemo } from "react";
import { useTopology } from "@/components/data/use-topology";
import { useInstant, useWindow } from "@/components/shell/scope";
import { heldFrame, topologyAt } from "@/lib/topology/frames";
import { useTrackFrames } from "./track-frames";

/** What a page shows of a topology: as useTopology's result, whatever it comes from. */
export type TopologyResult = Pick<ReturnType<typeof useTopology>, "data" | "error" | "refetch" | "dataUpdatedAt">;

/**
 * The graph at the time the page shows: live, or of a past instant. While the track is open it is read from the frames that are
 * held already, so that going through time asks the server nothing.
 */
export function useShownTopology(): TopologyResult {
  const instant = useInstant();
  const window = useWindow();
  const { data: set } = useTrackFrames();
  const frame = heldFrame(set, instant);
  const asked = useTopology(window, instant, frame === null);
  const held = useMemo(() => (set && frame !== null ? topologyAt(set, frame) : null), [set, frame]);
  const { refetch } = asked;
  const past = useMemo(
    () => (held === null ? null : { data: held, error: null, refetch, dataUpdatedAt: held.at }),
    [held, refetch],
  );
  return past ?? asked;
}
