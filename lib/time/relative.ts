/** How long ago, or in how long: `now`, `12s ago`, `3m ago`, `in 23h`. */
const STEPS: readonly (readonly [number, string])[] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "m"],
  [1, "s"],
];

/** `at` and `now` in unix milliseconds. Under two seconds is `now`, so that a live page does not flicker. */
export function relativeTime(at: number | null, now: number): string {
  if (at === null || !Number.isFinite(at)) return "–";
  const seconds = Math.round((now - at) / 1000);
  const size = Math.abs(seconds);
  if (size < 2) return "now";
  const [step, unit] = STEPS.find(([least]) => size >= least) ?? [1, "s"];
  const text = `${Math.floor(size / step)}${unit}`;
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}
