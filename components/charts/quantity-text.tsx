import type { Quantity } from "@/lib/format/number";

/** A number with its unit small and grey beside it. */
export function QuantityText({ quantity }: { quantity: Quantity }) {
  return (
    <span className="whitespace-nowrap">
      {quantity.value}
      {quantity.unit !== "" && <span className="ml-0.5 text-ink-3 text-xs">{quantity.unit}</span>}
    </span>
  );
}
