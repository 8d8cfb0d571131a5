"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import type { AccessDestination, AccessIdentity } from "@/lib/contract/access";
import { CellMark } from "./cell-mark";
import { cellKey, cellText, type Matrix } from "./matrix";

interface MatrixTableProps {
  matrix: Matrix;
  /** `source>destination` of the open cell. */
  selected: string | null;
  onOpen: (source: string, destination: string) => void;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Sources down, destinations across; both headers stay in sight. One cell takes focus, arrow keys move it, Enter opens why. */
export function MatrixTable({ matrix, selected, onOpen }: MatrixTableProps) {
  const rows = matrix.rows.flatMap((group) => group.items);
  const columns = matrix.columns.flatMap((group) => group.items);
  const [active, setActive] = useState<readonly [number, number]>([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const at = [Math.min(active[0], rows.length - 1), Math.min(active[1], columns.length - 1)] as const;

  function onKeyDown(event: KeyboardEvent, row: number, column: number): void {
    const step = STEPS[event.key];
    const to = step
      ? [row + step[0], column + step[1]]
      : event.key === "Home"
        ? [row, 0]
        : event.key === "End"
          ? [row, columns.length - 1]
          : null;
    if (!to) return;
    event.preventDefault();
    table.current?.querySelector<HTMLElement>(`[data-cell="${to[0]}:${to[1]}"]`)?.focus();
  }

  return (
    <div className="scroll-thin max-h-[70dvh] w-fit max-w-full overflow-auto rounded-lg border border-line bg-surface">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys move between its cells
        role="grid"
        aria-label="Who may call whom"
        className="border-separate border-spacing-0 text-sm"
      >
        <thead>
          <tr>
            <td className="sticky top-0 left-0 z-3 h-7 border-line border-r bg-surface" />
            {matrix.columns.map((group) => (
              <th
                key={group.namespace}
                colSpan={group.items.length}
                scope="colgroup"
                className="sticky top-0 z-2 h-7 border-line border-r bg-surface px-2 text-left font-medium text-ink-3 text-xs"
              >
                {group.namespace}
              </th>
            ))}
          </tr>
          <tr>
            <th
              scope="col"
              className="sticky top-7 left-0 z-3 h-8 border-line border-r border-b bg-surface px-3 text-left font-normal text-ink-3 text-xs"
            >
              calls ↓ to →
            </th>
            {matrix.columns.map((group) =>
              group.items.map((destination, index) => (
                <ColumnHeader key={destination.key} destination={destination} last={index === group.items.length - 1} />
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            <tr key={row.key}>
              <RowHeader identity={row} />
              {columns.map((column, columnIndex) => {
                const cell = matrix.cell(row.key, column.key);
                const key = cellKey(row.key, column.key);
                return (
                  <td
                    key={column.key}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid's td is its gridcell
                    role="gridcell"
                    data-cell={`${rowIndex}:${columnIndex}`}
                    aria-selected={key === selected}
                    aria-label={`${row.key} to ${column.key}: ${cellText(cell)}`}
                    title={cell?.policies.length ? `By ${cell.policies.join(", ")}` : undefined}
                    tabIndex={at[0] === rowIndex && at[1] === columnIndex ? 0 : -1}
                    onFocus={() => setActive([rowIndex, columnIndex])}
                    onClick={() => onOpen(row.key, column.key)}
                    onKeyDown={(event) => {
                      if (event.key === "Enter") onOpen(row.key, column.key);
                      else onKeyDown(event, rowIndex, columnIndex);
                    }}
                    className={cx(
                      "-outline-offset-2 h-8 cursor-pointer border-line border-b px-2 hover:bg-raised",
                      columns[columnIndex + 1]?.namespace !== column.namespace && "border-r",
                      key === selected && "bg-accent/10",
                    )}
                  >
                    <span className="flex justify-center" aria-hidden="true">
                      <CellMark cell={cell} />
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ColumnHeader({ destination, last }: { destination: AccessDestination; last: boolean }) {
  return (
    <th
      scope="col"
      className={cx(
        "sticky top-7 z-2 h-8 whitespace-nowrap border-line border-b bg-surface px-2 font-medium",
        last && "border-r",
      )}
    >
      {destination.name}
      {destination.split && <span className="ml-1 font-normal text-ink-3 text-xs">split</span>}
      {destination.protocol === "tcp" && <span className="ml-1 font-normal text-ink-3 text-xs">tcp</span>}
    </th>
  );
}

function RowHeader({ identity }: { identity: AccessIdentity }) {
  return (
    <th
      scope="row"
      className="sticky left-0 z-1 h-8 whitespace-nowrap border-line border-r border-b bg-surface px-3 text-left font-medium max-sm:max-w-36 max-sm:truncate max-sm:leading-tight"
    >
      {/* On a phone above the name, which would else be cut off. */}
      <span className="font-normal text-ink-3 max-sm:block max-sm:truncate max-sm:text-xs">
        {identity.namespace}
        <span className="max-sm:sr-only">/</span>
      </span>
      {identity.serviceAccount}
    </th>
  );
}
