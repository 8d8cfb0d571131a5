"use client";
import { type Quantity, UNKNOWN_QUANTITY } from "@/lib/format/number";
import { useMeasured } from "./measured";

/** A number with its unit small and grey beside it. Nothing is unknown where nothing was measured. */
export function Figure({ quantity }: { quantity: Quantity }) {
  const measured = useMeasured();
  const { value, unit } = measured || quantity.value !== "0" ? quantity : UNKNOWN_QUANTITY;
  return (
    <span className="whitespace-nowrap">
      {value}
      {unit && (
        <span className="text-ink-3 text-xs">
          {unit.startsWith("/") ? "" : " "}
          {unit}
        </span>
      )}
    </span>
  );
}
