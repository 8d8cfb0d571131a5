"use client";
import { useMemo } from "react";
import { intlZone, useTimeZone } from "@/components/settings/time-zone";
import { instantOf, wallTime } from "@/lib/time/wall-clock";

/** Instants (unix milliseconds) in the zone the reader chose. */
export interface Clock {
  /** `14:03:20`; with its day when that is another than the day of `now`. */
  readonly time: (at: number, now?: number) => string;
  /** `14:03:20.123`. */
  readonly exact: (at: number) => string;
  /** `14:03`. */
  readonly minute: (at: number) => string;
  /** For an `input type="datetime-local"`. */
  readonly toInput: (at: number) => string;
  /** null for what is no time. */
  readonly fromInput: (text: string) => number | null;
}

export function useClock(): Clock {
  const zone = intlZone(useTimeZone());
  return useMemo(() => {
    const day = (at: number) => wallTime(at, zone).slice(0, 10);
    const time = (at: number) => wallTime(at, zone).slice(11);
    return {
      time: (at, now) => (now !== undefined && day(at) !== day(now) ? `${day(at)} ${time(at)}` : time(at)),
      exact: (at) => `${time(at)}.${String(Math.floor(at) % 1000).padStart(3, "0")}`,
      minute: (at) => time(at).slice(0, 5),
      toInput: (at) => wallTime(at, zone),
      fromInput: (text) => instantOf(text, zone),
    };
  }, [zone]);
}
