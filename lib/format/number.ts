/** Numbers as the pages show them: three significant digits, 0 is "0", unknown is a dash, never NaN. */
export const UNKNOWN = "–";

/** A number beside its unit, so that a page can set the unit smaller. */
export interface Quantity {
  readonly value: string;
  /** Empty when the value is unknown or has none. */
  readonly unit: string;
}

/** Three significant digits without an exponent: `0.00123`, `1.5`, `24`, `1,230,000`. */
export function formatNumber(value: number | null): string {
  if (!known(value)) return UNKNOWN;
  const digits = significant(value);
  return digits === 0 ? "0" : THREE_DIGITS.format(digits);
}

/** Made once: making one costs a hundred times what using it does. */
const THREE_DIGITS = new Intl.NumberFormat("en-US", {
  maximumSignificantDigits: 3,
  maximumFractionDigits: 20,
  useGrouping: true,
});

/** How many, to the last one: `12,345`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

const THOUSANDS = ["", "k", "M", "G", "T", "P"];

/** With k, M, G from a thousand up: `999`, `1k`, `12.3k`, `1.5M`. */
export function formatCompact(value: number | null): string {
  const scaled = scale(value, 1000, THOUSANDS);
  return scaled === null ? UNKNOWN : `${formatNumber(scaled.value)}${scaled.unit}`;
}

/** Calls per second: `24/s`; below one every ten seconds still per second, so that rates compare. */
export function rateQuantity(perSecond: number | null): Quantity {
  return known(perSecond) ? { value: formatCompact(perSecond), unit: "/s" } : UNKNOWN_QUANTITY;
}

/** Bytes in powers of 1024: `0 B`, `512 B`, `1.5 KiB`, and `0.98 KiB` rather than `1,004 B`. */
export function bytesQuantity(bytes: number | null): Quantity {
  const scaled = scale(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);
  return scaled === null ? UNKNOWN_QUANTITY : { value: formatNumber(scaled.value), unit: scaled.unit };
}

/** Latency: `0.25 ms`, `12.5 ms`, `1.2 s`, `2.5 min`. */
export function millisecondsQuantity(milliseconds: number | null): Quantity {
  if (!known(milliseconds)) return UNKNOWN_QUANTITY;
  const size = Math.abs(significant(milliseconds));
  if (size < 1000) return { value: formatNumber(milliseconds), unit: "ms" };
  if (size < 60_000) return { value: formatNumber(milliseconds / 1000), unit: "s" };
  return { value: formatNumber(milliseconds / 60_000), unit: "min" };
}

/**
 * A ratio from 0 to 1 as percent: `0 %`, `0.02 %`, `12.5 %`, `100 %`. What is not all is never rounded up to 100, and
 * what is not nothing never down to 0.
 */
export function percentQuantity(ratio: number | null): Quantity {
  if (!known(ratio)) return UNKNOWN_QUANTITY;
  const percent = ratio * 100;
  if (percent > 0 && percent < 0.01) return { value: "<0.01", unit: "%" };
  if (percent < 100 && percent > 99.99) return { value: ">99.99", unit: "%" };
  if (percent < 100 && percent > 99.9) return { value: (Math.floor(percent * 100) / 100).toString(), unit: "%" };
  return { value: formatNumber(percent), unit: "%" };
}

/** `24/s` and `12.5 %`: a quantity as one text. */
export function formatQuantity({ value, unit }: Quantity): string {
  if (unit === "") return value;
  return unit.startsWith("/") ? `${value}${unit}` : `${value} ${unit}`;
}

export const UNKNOWN_QUANTITY: Quantity = { value: UNKNOWN, unit: "" };

function known(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function significant(value: number): number {
  return Number(value.toPrecision(3));
}

function scale(value: number | null, base: number, units: readonly string[]): { value: number; unit: string } | null {
  if (!known(value)) return null;
  let scaled = value;
  let step = 0;
  // From 1000 on also in powers of 1024: four digits would be rounded to three.
  while (Math.abs(significant(scaled)) >= 1000 && step < units.length - 1) {
    scaled /= base;
    step += 1;
  }
  return { value: scaled, unit: units[step] ?? "" };
}
