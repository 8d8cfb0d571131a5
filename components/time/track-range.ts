"use client";
import { useUrlState } from "@/components/shell/url-state";
import { windowSeconds } from "@/lib/contract/window";
import { frameGrid } from "@/lib/time/frame-grid";

/** How far back a track reaches. */
export const TRACK_RANGES = [
  { value: "15m", label: "15 min" },
  { value: "1h", label: "1 h" },
  { value: "6h", label: "6 h" },
  { value: "24h", label: "24 h" },
] as const;
export type TrackRangeName = (typeof TRACK_RANGES)[number]["value"];
const DEFAULT_RANGE: TrackRangeName = "1h";

export interface TrackRange {
  /** Whether `?track=` asks for it to be shown. */
  readonly open: boolean;
  readonly name: TrackRangeName;
  readonly rangeMs: number;
  /** From frame to frame, and of `[` and `]`. */
  readonly stepMs: number;
  readonly setOpen: (name: TrackRangeName | null) => void;
}

/** The track of `?track=1h`. */
export function useTrackRange(): TrackRange {
  const { get, setUrl } = useUrlState();
  const asked = TRACK_RANGES.find(({ value }) => value === get("track"))?.value ?? null;
  const name = asked ?? DEFAULT_RANGE;
  const rangeSeconds = windowSeconds(name) ?? 3600;
  const { range } = frameGrid({ endSeconds: 0, rangeSeconds, stepSeconds: null, windowSeconds: 0 });
  return {
    open: asked !== null,
    name,
    rangeMs: rangeSeconds * 1000,
    stepMs: range.stepSeconds * 1000,
    setOpen: (next) => setUrl({ track: next }),
  };
}
