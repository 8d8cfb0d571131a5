import {
  bytesQuantity,
  formatNumber,
  millisecondsQuantity,
  percentQuantity,
  type Quantity,
  rateQuantity,
} from "@/lib/format/number";

export type ChartUnit = "per-second" | "ratio" | "ms" | "bytes-per-second" | "connections";

/** A value of a chart in its unit; null is a dash. */
export function quantityOf(unit: ChartUnit, value: number | null): Quantity {
  switch (unit) {
    case "per-second":
      return rateQuantity(value);
    case "ratio":
      return percentQuantity(value);
    case "ms":
      return millisecondsQuantity(value);
    case "bytes-per-second": {
      const bytes = bytesQuantity(value);
      return bytes.unit === "" ? bytes : { ...bytes, unit: `${bytes.unit}/s` };
    }
    case "connections":
      return { value: formatNumber(value), unit: "" };
  }
}
