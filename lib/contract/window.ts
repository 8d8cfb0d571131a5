/** The window of time a rate is taken over, as it stands in a URL: `30s`, `5m`, `1h`. Read by pages too, so without schemas. */
import { parseDuration } from "@/lib/time/duration";

export const WINDOW_PATTERN = /^[1-9]\d{0,5}[smh]$/;
export const NO_WINDOW = "must be a duration such as 30s, 5m or 1h";

export interface WindowBounds {
  readonly leastSeconds: number;
  readonly mostSeconds: number;
}

/** What rates are taken over: long enough for two scrapes, short enough to be a rate. */
export const RATE_BOUNDS: WindowBounds = { leastSeconds: 10, mostSeconds: 6 * 3600 };

/** Seconds of `30s`, `5m` or `1h`; null for anything else. */
export function windowSeconds(text: string): number | null {
  return WINDOW_PATTERN.test(text) ? parseDuration(text) : null;
}

export function outOfBounds({ leastSeconds, mostSeconds }: WindowBounds): string {
  return `must be from ${leastSeconds}s to ${mostSeconds}s`;
}

/** What `text` must be when it is no window within the bounds ("must be …"); null when it is one. */
export function windowFault(text: string, bounds: WindowBounds): string | null {
  const seconds = windowSeconds(text);
  if (seconds === null) return NO_WINDOW;
  return seconds >= bounds.leastSeconds && seconds <= bounds.mostSeconds ? null : outOfBounds(bounds);
}
