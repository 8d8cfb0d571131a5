const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** How long ago or until, in one unit, rounded down: "now", "12 s ago", "in 3 h". Both in unix milliseconds. */
export function ageText(atMs: number, nowMs: number): string {
  const seconds = Math.floor(Math.abs(nowMs - atMs) / 1000);
  const [unit, size] = UNITS.find((each) => seconds >= each[1]) ?? ["s", 1];
  const count = Math.floor(seconds / size);
  if (count === 0) return "now";
  return atMs > nowMs ? `in ${count} ${unit}` : `${count} ${unit} ago`;
}
