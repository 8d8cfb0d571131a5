"use client";
import { useInstant } from "@/components/shell/scope";
import { windowSeconds } from "@/lib/contract/window";
import { heldFrame } from "@/lib/topology/frames";
import { useTrackFrames } from "./track-frames";
import { useTrackRange } from "./track-range";

/** A stretch of time: how long, and its end in unix milliseconds; null for now. */
export interface ChartTime {
  readonly range: string;
  readonly at: number | null;
}

/**
 * The stretch a chart of `range` shows at the page's time. With an instant on the track it is the track's own, so that going
 * along it draws nothing anew; elsewhere the instant is within a stretch that moves on by halves.
 */
export function useChartTime(range: string): ChartTime {
  const instant = useInstant();
  const track = useTrackRange();
  const { data: set } = useTrackFrames();
  if (instant === null) return { range, at: null };
  if (set && heldFrame(set, instant) !== null) return { range: track.name, at: set.endMs };
  const half = (windowSeconds(range) ?? 900) * 500;
  const end = Math.ceil((instant + half / 2) / half) * half;
  return { range, at: end >= Date.now() ? null : end };
}
