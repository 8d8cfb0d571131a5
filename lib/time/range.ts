/** Ranges of time on a grid. */
import type { TimeRange } from "@/lib/metrics/query";

const NICE_STEPS_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];

/** The step that draws a range in at most `points` points, and is a step people count in. Seconds. */
export function niceStep(rangeSeconds: number, points: number): number {
  const least = rangeSeconds / Math.max(1, points);
  return NICE_STEPS_SECONDS.find((step) => step >= least) ?? Math.ceil(least / 86_400) * 86_400;
}

/**
 * The range that ends at `endSeconds` (unix), moved back to the step's own grid: two viewers within one step ask the
 * same question, and points keep their places from one refresh to the next.
 */
export function alignedRange(endSeconds: number, rangeSeconds: number, stepSeconds: number): TimeRange {
  const end = Math.floor(endSeconds / stepSeconds) * stepSeconds;
  const steps = Math.floor(rangeSeconds / stepSeconds);
  return { start: end - steps * stepSeconds, end, stepSeconds };
}

/** Number of points of a range, both ends counted. */
export function pointCount(range: TimeRange): number {
  return Math.floor((range.end - range.start) / range.stepSeconds + 1e-9) + 1;
}
