"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useMemo } from "react";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Figure } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import type { AccessCell } from "@/lib/contract/access";
import { formatCount, rateQuantity } from "@/lib/format/number";
import { inOrder, stepAmong } from "./denied";
import { cellKey } from "./matrix";
import { type MatrixLayout, placeOf } from "./matrix-layout";

interface DeniedBarProps {
  /** The most refused first. */
  pairs: readonly AccessCell[];
  layout: MatrixLayout;
  /** Key of the cell that takes focus; null: none was chosen yet. */
  focus: string | null;
  /** Brings a cell into sight, and gives it the focus. */
  onGo: (key: string) => void;
}

const NEXT = { label: "Next denied", keys: "n" };
const PREVIOUS = { label: "Previous denied", keys: "N" };

/** From one denied cell to the next, by button and key, and the list of them. */
export function DeniedBar({ pairs, layout, focus, onGo }: DeniedBarProps) {
  const stops = useMemo(() => inMatrixOrder(pairs, layout), [pairs, layout]);
  const reached = stops.findIndex(({ pair }) => keyOf(pair) === focus);
  function step(direction: 1 | -1): void {
    const places = stops.map(({ place }) => place);
    const index = stepAmong(places, placeOf(layout, focus), direction);
    const stop = stops[index];
    // The cell itself is read out by its focus.
    announce(stop ? `Denied ${index + 1} of ${stops.length}` : "No calls are denied here");
    if (stop) onGo(keyOf(stop.pair));
  }
  useShortcuts([
    { ...NEXT, group: "Access", run: () => step(1) },
    { ...PREVIOUS, group: "Access", run: () => step(-1) },
  ]);
  const all = formatCount(stops.length);
  const count = reached < 0 ? all : `${formatCount(reached + 1)} of ${all}`;
  // A good day is quiet.
  if (pairs.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in
    <div role="group" aria-label="Denied pairs" className="flex items-center">
      <Popover
        label="Denied pairs"
        className="w-[min(560px,94vw)]"
        trigger={
          <Button
            size="sm"
            // Room for the place too: what follows stays where it is.
            className="min-w-24 tabular-nums"
            aria-label={`List of denied pairs, ${count}`}
            data-tip="List of denied pairs"
            icon={<StatusMark status="denied" />}
          >
            {count}
          </Button>
        }
      >
        {/* The focus goes to the cell: that closes the list. */}
        <Table
          label="Denied pairs"
          columns={COLUMNS}
          rows={pairs}
          rowKey={keyOf}
          initialSort={{ column: "denied", descending: true }}
          selectedKey={focus}
          onOpen={(pair) => onGo(keyOf(pair))}
        />
      </Popover>
      <IconButton {...PREVIOUS} size="sm" onClick={() => step(-1)}>
        <ArrowUp size={16} aria-hidden="true" />
      </IconButton>
      <IconButton {...NEXT} size="sm" onClick={() => step(1)}>
        <ArrowDown size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

const COLUMNS: readonly Column<AccessCell>[] = [
  {
    ...{ id: "denied", header: "Denied", align: "right", width: "w-20" },
    cell: (pair) => <Figure quantity={rateQuantity(pair.deniedPerSecond)} />,
    sortBy: (pair) => pair.deniedPerSecond,
  },
  { id: "source", header: "Source", cell: (pair) => pair.source, sortBy: (pair) => pair.source },
  { id: "destination", header: "Destination", cell: (pair) => pair.destination, sortBy: (pair) => pair.destination },
];

function inMatrixOrder(pairs: readonly AccessCell[], layout: MatrixLayout) {
  return pairs
    .flatMap((pair) => {
      const place = placeOf(layout, keyOf(pair));
      return place ? [{ pair, place }] : [];
    })
    .sort((a, b) => inOrder(a.place, b.place));
}

function keyOf({ source, destination }: AccessCell): string {
  return cellKey(source, destination);
}
