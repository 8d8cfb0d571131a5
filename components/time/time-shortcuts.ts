"use client";
import type { Shortcut } from "@/components/keys/registry";
import { compareLabel, type Timeline } from "./timeline";
import type { TrackRange } from "./track-range";

const FAR = 10;

/** What the keyboard and the palette do about time on every page. */
export function timeShortcuts(timeline: Timeline, track: TrackRange): readonly Shortcut[] {
  const { at, held, goLive, pause, step, show } = timeline;
  const group = "Time";
  const live = at === null && !held;
  const ago = (label: string, ms: number): Shortcut => {
    return { keys: "", label: `Show ${label} ago`, group, run: () => show(Date.now() - ms) };
  };
  return [
    { keys: "l", label: live ? "Pause live figures" : "Go live", group, run: live ? pause : goLive },
    { keys: "[", label: "One step back in time", group, run: () => step(-1) },
    { keys: "]", label: "One step forward in time", group, run: () => step(1) },
    { keys: "{", label: "Ten steps back in time", group, run: () => step(-FAR) },
    { keys: "}", label: "Ten steps forward in time", group, run: () => step(FAR) },
    {
      keys: "s",
      label: track.open ? "Hide the track of time" : "Show the track of time",
      group,
      run: () => track.setOpen(track.open ? null : track.name),
    },
    { keys: "c", label: compareLabel(timeline), group, run: timeline.toggleCompare },
    ago("5 min", 300_000),
    ago("15 min", 900_000),
    ago("1 h", 3_600_000),
  ];
}
