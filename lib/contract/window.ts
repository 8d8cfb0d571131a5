/** The window of time a rate is taken over, as it stands in a URL: `30s`, `5m`, `1h`. */
import { z } from "zod";

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of `30s`, `5m` or `1h`; null for anything else. */
export function windowSeconds(text: string): number | null {
  const match = /^([1-9]\d{0,5})([smh])$/.exec(text);
  const unit = UNIT_SECONDS[match?.[2] ?? ""];
  return match && unit !== undefined ? Number(match[1]) * unit : null;
}

/** A window from `leastSeconds` to `mostSeconds`. */
export function windowSchema(leastSeconds: number, mostSeconds: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,5}[smh]$/, { error: "must be a duration such as 30s, 5m or 1h" })
    .refine((text) => within(text, leastSeconds, mostSeconds), {
      error: `must be from ${leastSeconds}s to ${mostSeconds}s`,
    });
}

function within(text: string, least: number, most: number): boolean {
  const seconds = windowSeconds(text);
  return seconds !== null && seconds >= least && seconds <= most;
}

/** What rates are taken over: long enough for two scrapes, short enough to be a rate. */
export const RateWindowSchema = windowSchema(10, 6 * 3600);
