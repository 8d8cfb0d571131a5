"use client";
import { memo } from "react";
import { cx } from "@/components/ui/cx";
import { useMeasured } from "@/components/ui/measured";
import type { AccessIdentity } from "@/lib/contract/access";
import { CellMark } from "./cell-mark";
import { cellText } from "./cell-text";
import type { Matrix } from "./matrix";
import { cutText, type MatrixLayout, ROW_PX } from "./matrix-layout";

interface MatrixRowProps {
  matrix: Matrix;
  layout: MatrixLayout;
  identity: AccessIdentity;
  /** Index of the row. */
  row: number;
  /** Indexes of the columns to draw. */
  columns: readonly number[];
  /** Index of the column whose cell takes focus. */
  focused: number | null;
  /** Key of the destination whose cell is open. */
  selected: string | null;
}

/** One source's cells. Placed by hand, which a table's own rows cannot be. Drawn again only when what is in it changed: not on every scroll. */
export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { layout, identity, row, columns } = props;
  return (
    <div role="row" aria-rowindex={row + 3} className="group/row absolute h-8 w-full" style={{ top: row * ROW_PX }}>
      <div
        role="rowheader"
        aria-colindex={1}
        data-tip={cutText(identity.key, layout.namesPx)}
        className="sticky left-0 z-1 h-8 w-(--names) truncate border-line border-r border-b bg-surface px-3 font-medium leading-[31px] group-hover/row:bg-raised max-sm:text-xs max-sm:leading-[15px]"
      >
        {/* On a phone above the name, which would else be cut off. */}
        <span className="font-normal text-ink-3 max-sm:block max-sm:truncate">
          {identity.namespace}
          <span className="max-sm:sr-only">/</span>
        </span>
        {identity.serviceAccount}
      </div>
      {columns.map((column) => (
        <Cell key={layout.columns[column]?.key} {...props} column={column} />
      ))}
    </div>
  );
});

function Cell({ matrix, layout, identity, row, column, focused, selected }: MatrixRowProps & { column: number }) {
  const measured = useMeasured();
  const destination = layout.columns[column];
  if (!destination) return null;
  const cell = matrix.cell(identity.key, destination.key);
  const [left = 0, right = 0] = layout.columnEdges.slice(column, column + 2);
  return (
    <div
      role="gridcell"
      data-cell={`${row}:${column}`}
      aria-colindex={column + 2}
      aria-selected={destination.key === selected}
      aria-label={`${identity.key} to ${destination.key}: ${cellText(cell, measured)}`}
      title={cell?.policies.length ? `By ${cell.policies.join(", ")}` : undefined}
      tabIndex={focused === column ? 0 : -1}
      className={cx(
        "-outline-offset-2 absolute focus:outline-2 focus:outline-accent top-0 flex h-8 cursor-pointer items-center justify-center border-line border-b",
        // A name far above its narrow cell needs a line to it.
        layout.columns[column + 1]?.namespace !== destination.namespace
          ? "border-r"
          : layout.upright && "border-r border-r-line/50",
        destination.key === selected ? "bg-accent/10" : "hover:bg-raised! group-hover/row:bg-raised/50",
      )}
      style={{ left: `calc(var(--names) + ${left}px)`, width: right - left }}
    >
      {cell && (
        <span aria-hidden="true">
          <CellMark cell={cell} />
        </span>
      )}
    </div>
  );
}
