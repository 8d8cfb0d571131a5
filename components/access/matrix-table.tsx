"use client";
import { type CSSProperties, type KeyboardEvent, useMemo } from "react";
import { type CellPlace, stepBy } from "./cell-steps";
import { cellKey, type Matrix, parseCellKey } from "./matrix";
import { MatrixHeader } from "./matrix-header";
import { inSight, type MatrixLayout, placeOf, ROW_PX } from "./matrix-layout";
import { MatrixRow } from "./matrix-row";
import type { Cursor } from "./use-cursor";
import { useSight } from "./use-sight";

interface MatrixTableProps {
  matrix: Matrix;
  layout: MatrixLayout;
  cursor: Cursor;
  /** `source>destination` of the open cell. */
  selected: string | null;
  onOpen: (source: string, destination: string) => void;
}

/**
 * Sources down, destinations across; both headers stay in sight. One cell takes focus, keys move it, Enter opens why. Only what is near
 * the view is drawn: a large mesh has a million cells.
 */
export function MatrixTable({ matrix, layout, cursor, selected, onOpen }: MatrixTableProps) {
  const { box } = cursor;
  const sight = useSight(box);
  // The first takes it when that which had it is not shown.
  const at = placeOf(layout, cursor.focus) ?? { row: 0, column: 0 };
  const rows = inSight(layout.rowEdges, [sight.top, sight.bottom], at.row);
  const columns = useMemo(
    () => inSight(layout.columnEdges, [sight.left, sight.right], at.column),
    [layout, sight.left, sight.right, at.column],
  );
  const selection = parseCellKey(selected);

  function keyAt({ row, column }: CellPlace): string | null {
    const [source, destination] = [layout.rows[row], layout.columns[column]];
    return source && destination ? cellKey(source.key, destination.key) : null;
  }
  function openAt(place: CellPlace | null): void {
    const pair = place && parseCellKey(keyAt(place));
    if (pair) onOpen(pair.source, pair.destination);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      openAt(cellOf(event.target));
      return;
    }
    const pageRows = Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - layout.headerPx) / ROW_PX) - 1);
    const to = stepBy(event, at, {
      ...{ rows: layout.rows.length, columns: layout.columns.length, pageRows },
      filled: (place) => {
        const pair = parseCellKey(keyAt(place));
        return pair !== null && matrix.cell(pair.source, pair.destination) !== null;
      },
    });
    const key = to && keyAt(to);
    if (!key) return;
    event.preventDefault();
    cursor.moveTo(key, "step");
  }

  return (
    <div
      ref={box}
      className="scroll-thin isolate max-h-[70dvh] w-fit max-w-full overflow-auto rounded-lg border border-line bg-surface [--names:var(--abreast)] max-sm:[--names:var(--stacked)]"
      style={
        {
          ...{ "--abreast": `${layout.namesPx}px`, "--stacked": `${layout.stackedNamesPx}px` },
          scrollPadding: `${layout.headerPx}px 0 0 var(--names)`,
        } as CSSProperties
      }
    >
      <div
        role="grid"
        aria-label="Who may call whom"
        aria-rowcount={layout.rows.length + 2}
        aria-colcount={layout.columns.length + 1}
        className="text-sm"
        style={{ width: `calc(var(--names) + ${layout.columnEdges.at(-1)}px)` }}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const place = cellOf(target);
          const key = place && keyAt(place);
          if (key) cursor.setFocus(key);
        }}
        onClick={({ target }) => openAt(cellOf(target))}
      >
        <MatrixHeader layout={layout} columns={columns} />
        <div role="rowgroup" className="relative" style={{ height: layout.rowEdges.at(-1) }}>
          {rows.map((row) => {
            const identity = layout.rows[row];
            return (
              identity && (
                <MatrixRow
                  key={identity.key}
                  row={row}
                  {...{ matrix, layout, columns, identity }}
                  focused={row === at.row ? at.column : null}
                  selected={selection?.source === identity.key ? selection.destination : null}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The cell an event is in; null for a header. */
function cellOf(target: EventTarget): CellPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]")?.dataset.cell : undefined;
  const [row, column] = (cell ?? "").split(":").map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
