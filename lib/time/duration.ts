/** Durations as people write and read them: `30s`, `5m`, `1h30m`. */
const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
];

/** Seconds of `30s`, `5m`, `1h30m`, `2d` or `500ms`; null for anything else. */
export function parseDuration(text: string): number | null {
  const millis = /^(\d+)ms$/.exec(text);
  if (millis) return Number(millis[1]) / 1000;
  const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (text === "" || match === null) return null;
  return UNITS.reduce((sum, [, seconds], index) => sum + Number(match[index + 1] ?? 0) * seconds, 0);
}

/** The two largest units of a duration: `45s`, `1m 30s`, `3h`, `2d 4h`; below a second `250ms`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  const millis = Math.round(seconds * 1000);
  if (millis < 1000) return millis === 0 ? "0s" : `${millis}ms`;
  let rest = roundToTwoUnits(seconds);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.slice(0, 2).join(" ");
}

/** As a query parameter: `30s`, `5m`, `90m`. Whole seconds. */
export function durationParam(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole % 3600 === 0) return `${whole / 3600}h`;
  return whole % 60 === 0 ? `${whole / 60}m` : `${whole}s`;
}

function roundToTwoUnits(seconds: number): number {
  const whole = Math.round(seconds);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  const second = UNITS[first + 1]?.[1] ?? 1;
  return Math.round(whole / second) * second;
}
