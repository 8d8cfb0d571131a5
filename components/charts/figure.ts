/** Numbers as they are read: three significant digits, 0 is "0", unknown is a dash, units apart so that they can be set small. */
export interface Figure {
  readonly text: string;
  /** "" when there is none. */
  readonly unit: string;
}

const UNKNOWN: Figure = { text: "–", unit: "" };

function three(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.001) return "<0.001";
  if (size >= 999.5) return Math.round(value).toLocaleString("en-US").replaceAll(",", "\u202f");
  return String(Number(value.toPrecision(3)));
}

const known = (value: number | null | undefined): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** Calls a second. `unit` is "/s" unless said. */
export function perSecond(value: number | null | undefined, unit = "/s"): Figure {
  if (!known(value)) return UNKNOWN;
  return value >= 9999.5 ? { text: three(value / 1000), unit: `k${unit}` } : { text: three(value), unit };
}

/** A share from 0 to 1 as percent. What is not quite all never reads 100. */
export function percent(value: number | null | undefined): Figure {
  if (!known(value)) return UNKNOWN;
  const hundred = value * 100;
  const text =
    value < 1 && hundred > 99.95
      ? ">99.9"
      : value > 0 && hundred < 0.05
        ? "<0.1"
        : String(Number(hundred.toFixed(hundred < 10 ? 2 : 1)));
  return { text, unit: "%" };
}

/** Milliseconds; seconds from one second on. */
export function milliseconds(value: number | null | undefined): Figure {
  if (!known(value)) return UNKNOWN;
  return value >= 999.5 ? { text: three(value / 1000), unit: "s" } : { text: three(value), unit: "ms" };
}

/** Bytes a second in powers of 1000. */
export function bytesPerSecond(value: number | null | undefined): Figure {
  if (!known(value)) return UNKNOWN;
  for (const [unit, size] of [
    ["GB/s", 1e9],
    ["MB/s", 1e6],
    ["kB/s", 1e3],
  ] as const) {
    if (value >= size * 0.9995) return { text: three(value / size), unit };
  }
  return { text: three(value), unit: "B/s" };
}

export function figureText(figure: Figure): string {
  const close = figure.unit === "" || figure.unit === "%" || /^k?\/s/.test(figure.unit);
  return close ? `${figure.text}${figure.unit}` : `${figure.text} ${figure.unit}`;
}

export type ChartUnit = "per-second" | "ratio" | "ms" | "bytes-per-second" | "connections";

/** A value of a chart in its unit. */
export function figureOf(unit: ChartUnit, value: number | null | undefined): Figure {
  switch (unit) {
    case "per-second":
      return perSecond(value);
    case "ratio":
      return percent(value);
    case "ms":
      return milliseconds(value);
    case "bytes-per-second":
      return bytesPerSecond(value);
    case "connections":
      return perSecond(value, "");
  }
}
