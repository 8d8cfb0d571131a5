/** The window of time a rate is taken over, as it stands in a URL: `30s`, `5m`, `1h`. */
import { z } from "zod";
import { parseDuration } from "@/lib/time/duration";

const WINDOW = /^[1-9]\d{0,5}[smh]$/;

/** Seconds of `30s`, `5m` or `1h`; null for anything else. */
export function windowSeconds(text: string): number | null {
  return WINDOW.test(text) ? parseDuration(text) : null;
}

/** A window from `leastSeconds` to `mostSeconds`. */
export function windowSchema(leastSeconds: number, mostSeconds: number) {
  return z
    .string()
    .regex(WINDOW, { error: "must be a duration such as 30s, 5m or 1h" })
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
