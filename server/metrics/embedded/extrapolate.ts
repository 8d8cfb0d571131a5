/** rate() and increase() as Prometheus computes them, resets and extrapolation included. */
import { type StoredSeries, valueIn } from "./store";

/** Open at its start, closed at its end. Unix milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

interface Samples {
  readonly count: number;
  readonly firstAt: number;
  readonly firstValue: number;
  readonly lastAt: number;
  /** How much the counter grew from the first sample to the last, across resets. */
  readonly growth: number;
}

/** Increase of a counter over the window; null with fewer than two samples in it. */
export function increaseOver(series: StoredSeries, window: Window): number | null {
  const samples = samplesIn(series, window);
  if (samples === null || samples.count < 2) return null;
  const sampled = samples.lastAt - samples.firstAt;
  const spacing = sampled / (samples.count - 1);
  const near = spacing * 1.1;
  // A series is taken to go on to the window's edge when the edge is about as near as the next sample would be.
  let toStart = samples.firstAt - window.from;
  if (toStart >= near) toStart = spacing / 2;
  if (samples.growth > 0 && samples.firstValue >= 0) {
    // A counter was never below zero.
    toStart = Math.min(toStart, sampled * (samples.firstValue / samples.growth));
  }
  let toEnd = window.to - samples.lastAt;
  if (toEnd >= near) toEnd = spacing / 2;
  return samples.growth * ((sampled + toStart + toEnd) / sampled);
}

function samplesIn(series: StoredSeries, { from, to }: Window): Samples | null {
  const { table } = series;
  let count = 0;
  let firstAt = 0;
  let firstValue = 0;
  let lastAt = 0;
  let previous = 0;
  let growth = 0;
  for (let seq = table.lastAt(from) + 1, end = table.lastAt(to); seq <= end; seq += 1) {
    const value = valueIn(series, seq);
    if (value === null) continue;
    lastAt = table.times.get(seq);
    if (count === 0) {
      firstAt = lastAt;
      firstValue = value;
    } else growth += value < previous ? value : value - previous;
    previous = value;
    count += 1;
  }
  return count === 0 ? null : { count, firstAt, firstValue, lastAt, growth };
}
