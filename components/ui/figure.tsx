import type { Quantity } from "@/lib/format/number";

/** A number with its unit small and grey beside it. */
export function Figure({ quantity }: { quantity: Quantity }) {
  return (
    <span className="whitespace-nowrap">
      {quantity.value}
      {quantity.unit && (
        <span className="text-ink-3 text-xs">
          {quantity.unit.startsWith("/") ? "" : " "}
          {quantity.unit}
        </span>
      )}
    </span>
  );
}
