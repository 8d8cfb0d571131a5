import { useMeasured } from "@/components/ui/measured";
import { StatusMark } from "@/components/ui/status-mark";
import type { AccessCell } from "@/lib/contract/access";
import { rateQuantity, UNKNOWN_QUANTITY } from "@/lib/format/number";

/** One cell's ink: filled = allowed and used, outline = allowed, a dash in it = nobody knows whether used, no-entry = denied, hatched = permissive, nothing = neither. */
export function CellMark({ cell }: { cell: AccessCell | null }) {
  const measured = useMeasured();
  if (!cell) return null;
  const rate = (perSecond: number) => <span className="text-xs">{rateQuantity(perSecond).value}</span>;
  switch (cell.state) {
    case "used":
      return (
        <span className="flex h-5 min-w-9 items-center justify-center rounded-sm bg-ok/20 px-1 text-ink">
          {rate(cell.requestsPerSecond)}
        </span>
      );
    case "unused":
      return (
        <span className="flex h-5 w-9 items-center justify-center rounded-sm border border-line-strong text-ink-3 text-xs">
          {!measured && UNKNOWN_QUANTITY.value}
        </span>
      );
    case "denied":
      return (
        <span className="flex h-5 items-center gap-1 text-denied">
          <StatusMark status="denied" />
          {rate(cell.deniedPerSecond)}
        </span>
      );
    case "partly-denied":
      return (
        <span className="flex h-5 items-center gap-1 rounded-sm bg-ok/20 px-1 text-ink">
          {rate(cell.requestsPerSecond)}
          <StatusMark status="denied" />
        </span>
      );
    case "permissive":
      return (
        <span className="hatched flex h-5 min-w-9 items-center justify-center rounded-sm border border-line text-ink-2">
          {cell.requestsPerSecond > 0 && rate(cell.requestsPerSecond)}
        </span>
      );
  }
}

type LegendItem = { readonly text: string; readonly cell: AccessCell["state"] };

const LEGEND: readonly LegendItem[] = [
  { text: "allowed, calls a second", cell: "used" },
  { text: "allowed, not used", cell: "unused" },
  { text: "denied, tries a second", cell: "denied" },
  { text: "permissive", cell: "permissive" },
];

const UNMEASURED_LEGEND: readonly LegendItem[] = [{ text: "allowed, calls not measured", cell: "unused" }];

export function MatrixLegend() {
  const legend = useMeasured() ? LEGEND : UNMEASURED_LEGEND;
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-3 text-xs">
      {legend.map(({ text, cell }) => (
        <li key={cell} className="flex items-center gap-1.5">
          <span aria-hidden="true">
            <CellMark
              cell={{
                ...{ source: "", destination: "", state: cell, policies: [], routes: [] },
                ...{ requestsPerSecond: 9, deniedPerSecond: 9 },
              }}
            />
          </span>
          {text}
        </li>
      ))}
    </ul>
  );
}
