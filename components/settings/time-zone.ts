"use client";
import { preference } from "./preference";

/** `local`: the browser's own. Else a zone's IANA name, `UTC` among them. */
export type TimeZone = string;

const LOCAL = "local";

/** The zone times are shown in. */
export const timeZone = preference<TimeZone>({
  name: "time-zone",
  fallback: LOCAL,
  parse: (stored) => (typeof stored === "string" && isTimeZone(stored) ? stored : null),
});

export const useTimeZone = timeZone.use;

/** Whether the browser knows the zone. */
export function isTimeZone(zone: string): boolean {
  if (zone === LOCAL) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** As the option `timeZone` of Intl and toLocaleString takes it: undefined is the browser's own. */
export function intlZone(zone: TimeZone): string | undefined {
  return zone === LOCAL ? undefined : zone;
}
