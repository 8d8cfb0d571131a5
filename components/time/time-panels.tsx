"use client";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useComparedInstant } from "./compared-instant";
import { useTrackRange } from "./track-range";

/** Pages that read what they show from the held frames. */
const WITH_TRACK = ["/graph", "/services"];

export const loadTrack = () => import("./time-track").then((module) => module.TimeTrack);
export const loadCompare = () => import("./compare-panel").then((module) => module.ComparePanel);
// The place they will have: nothing above them moves when they have come.
const TimeTrack = dynamic(loadTrack, {
  loading: () => <div className="h-(--track) shrink-0 border-line border-t bg-surface" />,
});
const ComparePanel = dynamic(loadCompare, {
  loading: () => <div className="h-(--compare) shrink-0 border-line border-t bg-surface" />,
});

/** What stands under a page when the URL asks for it: the track of time by `?track=1h`, two moments compared by `?compare=`. */
export function TimePanels() {
  const path = usePathname();
  const { open } = useTrackRange();
  const isCompared = useComparedInstant() !== null;
  return (
    <>
      {isCompared && path === "/graph" && <ComparePanel />}
      {open && WITH_TRACK.includes(path) && <TimeTrack />}
    </>
  );
}
