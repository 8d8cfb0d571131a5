/** Durations as people write and read them: `30s`, `5m`, `1h30m`. */
const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
];

const UNIT_SECONDS: Readonly<Record<string, number>> = { ...Object.fromEntries(UNITS), ms: 0.001 };

/** Seconds of a duration as Go and Prometheus write it: `30s`, `1h30m`, `1.5h`, `2d`, `500ms`. null for anything else. */
export function parseDuration(value: unknown): number | null {
  if (typeof value !== "string" || !/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(value)) return null;
  let seconds = 0;
  for (const [, amount, unit = ""] of value.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g))
    seconds += Number(amount) * (UNIT_SECONDS[unit] ?? 0);
  return seconds;
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
