"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { ApiError } from "@/components/data/api-error";
import { useHeld } from "@/components/data/stream-provider";
import { useFrames } from "@/components/data/use-frames";
import { useInstant, useWindow } from "@/components/shell/scope";
import { type FrameSet, heldFrame } from "@/lib/topology/frames";
import { useTrackRange } from "./track-range";

// Where the track ends, for everything that shows it: null for now. It moves only when a moment is asked for that is not on it.
let end: number | null = null;
const listeners = new Set<() => void>();

function setEnd(next: number | null): void {
  if (next === end) return;
  end = next;
  for (const listener of listeners) listener();
}

function useEnd(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => end,
    () => null,
  );
}

/** The frames of the track; nothing is asked while it is hidden. */
export function useTrackFrames(): UseQueryResult<FrameSet, ApiError> {
  const { open, name } = useTrackRange();
  const window = useWindow();
  const instant = useInstant();
  const held = useHeld();
  const last = useEnd();
  return useFrames(open ? { range: name, window, end: last } : null, instant === null && !held);
}

/** Keeps the instant of the URL on the track. Called once, by what shows the track. */
export function useTrackEnd(): void {
  const instant = useInstant();
  const { rangeMs, stepMs } = useTrackRange();
  const { data: set } = useTrackFrames();
  useEffect(() => {
    if (instant === null) setEnd(null);
    // A track that has been held for a while reaches further back than one of now would.
    else if (heldFrame(set, instant) === null && !isOn(instant, end ?? Date.now(), rangeMs))
      setEnd(endAround(instant, { rangeMs, stepMs }));
  }, [instant, rangeMs, stepMs, set]);
}

function isOn(at: number, last: number, rangeMs: number): boolean {
  return at <= last && at >= last - rangeMs;
}

/** The end of a track with the instant in its middle; null when now is within it. */
function endAround(
  at: number,
  { rangeMs, stepMs }: { readonly rangeMs: number; readonly stepMs: number },
): number | null {
  const last = Math.ceil((at + rangeMs / 2) / stepMs) * stepMs;
  return last >= Date.now() ? null : last;
}
