import type { ChartUnit } from "./quantity";

/** The top of a chart's axis: 1, 2, 2.5 or 5 times a power of ten, at least the largest value. 1 when all is zero or unknown. */
export function niceTop(largest: number): number {
  if (!(largest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  for (const step of [1, 2, 2.5, 5, 10]) {
    // A hair of slack: 0.3 / 0.1 is 2.9999999999999996.
    if (step * power >= largest * (1 - 1e-9)) return Number((step * power).toPrecision(6));
  }
  return 10 * power;
}

/** The top of an axis in a unit: shares that are large end at 100 %, bytes at a round number of KiB or MiB. */
export function topOf(unit: ChartUnit, largest: number): number {
  if (unit === "ratio" && largest > 0.4) return 1;
  if (unit !== "bytes" && unit !== "bytes-per-second") return niceTop(largest);
  const power = largest >= 1024 ? 1024 ** Math.floor(Math.log2(largest) / 10) : 1;
  const top = niceTop(largest / power);
  // 1000 of one unit would be 0.98 of the next.
  return (top >= 1000 ? 1024 : top) * power;
}

/** Index of the time nearest to `at`, in ascending times; -1 for none. */
export function nearestIndex(times: readonly number[], at: number): number {
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (let index = 0; index < times.length; index += 1) {
    const away = Math.abs((times[index] ?? 0) - at);
    if (away >= distance) break;
    best = index;
    distance = away;
  }
  return best;
}
