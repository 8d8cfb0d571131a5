import {
  bytesQuantity,
  formatCompact,
  formatNumber,
  millisecondsQuantity,
  percentQuantity,
  type Quantity,
  rateQuantity,
} from "@/lib/format/number";

/** `ratio` is 0 to 1; `seconds` an age or what is left of something; `cores` CPU seconds per second. */
export const CHART_UNIT_NAMES = [
  "per-second",
  "ratio",
  "ms",
  "seconds",
  "bytes",
  "bytes-per-second",
  "connections",
  "count",
  "cores",
] as const;
export type ChartUnit = (typeof CHART_UNIT_NAMES)[number];

const DAY_SECONDS = 86_400;

/** A value of a chart in its unit; null is a dash. */
export function quantityOf(unit: ChartUnit, value: number | null): Quantity {
  switch (unit) {
    case "per-second":
      return rateQuantity(value);
    case "ratio":
      return percentQuantity(value);
    case "ms":
      return millisecondsQuantity(value);
    case "seconds":
      return secondsQuantity(value);
    case "bytes":
      return bytesQuantity(value);
    case "bytes-per-second": {
      const bytes = bytesQuantity(value);
      return bytes.unit === "" ? bytes : { ...bytes, unit: `${bytes.unit}/s` };
    }
    case "connections":
    case "count":
      return { value: formatCompact(value), unit: "" };
    case "cores":
      return { value: formatNumber(value), unit: value === null ? "" : "cores" };
  }
}

/** `0.8 ms`, `41 min`, `23.5 h`, `364 d`. */
function secondsQuantity(seconds: number | null): Quantity {
  if (seconds === null || Math.abs(seconds) < 3600)
    return millisecondsQuantity(seconds === null ? null : seconds * 1000);
  if (Math.abs(seconds) < 2 * DAY_SECONDS) return { value: formatNumber(seconds / 3600), unit: "h" };
  return { value: formatNumber(seconds / DAY_SECONDS), unit: "d" };
}
