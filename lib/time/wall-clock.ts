/** Instants as the clocks of a time zone show them. Zones are IANA names; undefined is the machine's own. */

export type Zone = string | undefined;

const formats = new Map<Zone, Intl.DateTimeFormat>();

function formatOf(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    ...(zone === undefined ? {} : { timeZone: zone }),
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(zone, made);
  return made;
}

/** `2026-11-25T14:03:20`: what the clocks of the zone show at an instant (unix milliseconds). */
export function wallTime(at: number, zone: Zone): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "00";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}`;
}

/**
 * The instant (unix milliseconds) at which the clocks of the zone show `2026-11-25T14:03` or `…:20`; null for what is no time.
 * Of an hour that comes twice the first or the second; of an hour that is left out the one after it.
 */
export function instantOf(wall: string, zone: Zone): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(wall)) return null;
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset at the wrong instant may be another than at the right one, on the two days a year clocks are changed.
  const first = asUtc - offset(asUtc, zone);
  return asUtc - offset(first, zone);
}

function offset(at: number, zone: Zone): number {
  const whole = Math.floor(at / 1000) * 1000;
  return Date.parse(`${wallTime(whole, zone)}Z`) - whole;
}
