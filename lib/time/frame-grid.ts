/** Which moments the frames of a range are. */
import type { TimeRange } from "@/lib/metrics/query";
import { alignedRange, niceStep } from "./range";

/** Enough for a smooth track, few enough for one answer. */
const MOST_FRAMES = 120;
/** Sidecars are scraped no more often. Seconds. */
const LEAST_STEP = 2;

export interface FrameGrid {
  readonly range: TimeRange;
  /** What rates are taken over: never less than a step, so that nothing falls between two frames. */
  readonly windowSeconds: number;
}

/** The grid of the frames up to `endSeconds` (unix). Without a step one is chosen that gives 60 to 120 frames. */
export function frameGrid(asked: {
  readonly endSeconds: number;
  readonly rangeSeconds: number;
  readonly stepSeconds: number | null;
  readonly windowSeconds: number;
}): FrameGrid {
  const { endSeconds, rangeSeconds, windowSeconds } = asked;
  const stepSeconds = asked.stepSeconds ?? Math.max(LEAST_STEP, niceStep(rangeSeconds, MOST_FRAMES));
  return {
    range: alignedRange(endSeconds, rangeSeconds, stepSeconds),
    windowSeconds: Math.max(windowSeconds, stepSeconds),
  };
}
