"use client";
import { useClock } from "./clock";

/** `14:03:20.123` of an instant (unix milliseconds), in the zone the reader chose. */
export function ClockTime({ at }: { at: number }) {
  return <time dateTime={new Date(at).toISOString()}>{useClock().exact(at)}</time>;
}
