"use client";
import { type CSSProperties, type KeyboardEvent, useMemo, useRef, useState } from "react";
import { type CellPlace, stepBy } from "./cell-steps";
import { cellKey, type Matrix, parseCellKey } from "./matrix";
import { MatrixHeader } from "./matrix-header";
import { HEADER_PX, inSight, layOut, type MatrixLayout, ROW_PX } from "./matrix-layout";
import { MatrixRow } from "./matrix-row";
import { useFollow } from "./use-follow";
import { useSight } from "./use-sight";

interface MatrixTableProps {
  matrix: Matrix;
  /** `source>destination` of the open cell. */
  selected: string | null;
  onOpen: (source: string, destination: string) => void;
}

/**
 * Sources down, destinations across; both headers stay in sight. One cell takes focus, keys move it, Enter opens why. Only what is near
 * the view is drawn: a large mesh has a million cells.
 */
export function MatrixTable({ matrix, selected, onOpen }: MatrixTableProps) {
  const layout = useMemo(() => layOut(matrix), [matrix]);
  const box = useRef<HTMLDivElement>(null);
  const sight = useSight(box);
  // By names, so that it stays where it is when others come and go.
  const [focus, setFocus] = useState(selected);
  const at = placeOf(layout, focus);
  const rows = inSight(layout.rowEdges, [sight.top, sight.bottom], at.row);
  const columns = useMemo(
    () => inSight(layout.columnEdges, [sight.left, sight.right], at.column),
    [layout, sight.left, sight.right, at.column],
  );
  const follow = useFollow(box, selected !== null);
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
    const pageRows = Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - HEADER_PX) / ROW_PX) - 1);
    const to = stepBy(event, at, {
      ...{ rows: layout.rows.length, columns: layout.columns.length, pageRows },
      filled: (place) => {
        const pair = parseCellKey(keyAt(place));
        return pair !== null && matrix.cell(pair.source, pair.destination) !== null;
      },
    });
    if (!to) return;
    event.preventDefault();
    follow();
    setFocus(keyAt(to));
  }

  return (
    <div
      ref={box}
      className="scroll-thin isolate max-h-[70dvh] w-fit max-w-full overflow-auto rounded-lg border border-line bg-surface [--names:var(--abreast)] max-sm:[--names:var(--stacked)]"
      style={
        {
          ...{ "--abreast": `${layout.namesPx}px`, "--stacked": `${layout.stackedNamesPx}px` },
          scrollPadding: `${HEADER_PX}px 0 0 var(--names)`,
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
          if (place) setFocus(keyAt(place));
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

/** Where the cell of a key lies; the first one when it is not shown. */
function placeOf({ rows, columns }: MatrixLayout, key: string | null): CellPlace {
  const pair = parseCellKey(key);
  const row = rows.findIndex((one) => one.key === pair?.source);
  const column = columns.findIndex((one) => one.key === pair?.destination);
  return row < 0 || column < 0 ? { row: 0, column: 0 } : { row, column };
}

/** The cell an event is in; null for a header. */
function cellOf(target: EventTarget): CellPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]")?.dataset.cell : undefined;
  const [row, column] = (cell ?? "").split(":").map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
