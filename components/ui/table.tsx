"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { compareNames } from "@/lib/format/name-order";
import { cx } from "./cx";
import { Pager, pageOf } from "./pager";

export interface Column<Row> {
  /** Stable id; also what `sort.column` names. */
  id: string;
  header: string;
  /** Numbers are set right and tabular. */
  align?: "left" | "right";
  /** What is shown. */
  cell: (row: Row) => ReactNode;
  /** What sorting compares; without it the column cannot be sorted. null sorts last in both directions. */
  sortBy?: (row: Row) => SortValue;
  /** Tailwind width, for example `w-40`. */
  width?: string;
  /** It takes the width that is left, and what does not fit is cut: for long text that can be read elsewhere too. */
  fill?: boolean;
}

export interface Sort {
  column: string;
  descending: boolean;
}

interface TableProps<Row> {
  /** The table's name for a screen reader. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** First order; the reader's own choice follows it. */
  initialSort?: Sort;
  /** The order and its change, for a page that keeps it in the URL; then the table keeps none of its own. */
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  selectedKey?: string | null;
  /** Enter or click on a row. With it the rows take focus: up, down, Home and End move. */
  onOpen?: (row: Row) => void;
  /** Shown instead of rows. */
  empty?: ReactNode;
}

/** Rows in the order of a sort; what is unknown (null) stays last, and rows that tie are in the order of the first column. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): readonly Row[] {
  const sortBy = columns.find((column) => column.id === sort?.column)?.sortBy;
  if (!sort || !sortBy) return rows;
  const first = columns[0]?.sortBy ?? (() => null);
  return [...rows].sort(
    (a, b) => compareValues(sortBy(a), sortBy(b), sort.descending) || compareValues(first(a), first(b), false),
  );
}

type SortValue = string | number | null;

function compareValues(a: SortValue, b: SortValue, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === "number" && typeof b === "number" ? a - b : compareNames(String(a), String(b));
  return descending ? -order : order;
}

/** Sticky header, at most 200 rows at a time, first column kept when it scrolls sideways, rows of 32 px, sortable, operable by keyboard. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, initialSort, selectedKey, onOpen, empty } = props;
  const [ownSort, setOwnSort] = useState<Sort | null>(initialSort ?? null);
  const [page, setPage] = useState(0);
  const sort = props.sort === undefined ? ownSort : props.sort;
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const all = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const { first, rows: sorted } = pageOf(all, page);
  const onSort = (next: Sort) => {
    setPage(0);
    (props.onSort ?? setOwnSort)(next);
  };
  const tabKey = sorted.some((row) => rowKey(row) === activeKey) ? activeKey : sorted[0] ? rowKey(sorted[0]) : null;

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, row: Row, index: number): void {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") {
      event.preventDefault();
      onOpen?.(row);
      return;
    }
    const to = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      j: index + 1,
      k: index - 1,
      Home: 0,
      End: sorted.length - 1,
    }[event.key];
    const target = to === undefined ? undefined : body.current?.rows[to];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  return (
    <div className="scroll-thin relative min-h-0 overflow-auto">
      <table
        role={onOpen ? "grid" : undefined}
        aria-label={label}
        className="w-full border-separate border-spacing-0 text-sm"
      >
        <thead>
          <tr>
            {columns.map((column, index) => (
              <HeaderCell key={column.id} column={column} first={index === 0} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {sorted.map((row, index) => {
            const key = rowKey(row);
            const selected = key === selectedKey;
            return (
              <tr
                key={key}
                aria-selected={onOpen ? selected : undefined}
                tabIndex={onOpen ? (key === tabKey ? 0 : -1) : undefined}
                onFocus={() => setActiveKey(key)}
                onClick={onOpen && (() => onOpen(row))}
                onKeyDown={onOpen && ((event) => onKeyDown(event, row, index))}
                className={cx(
                  "group h-8 -outline-offset-2",
                  onOpen && "cursor-pointer",
                  selected ? "bg-[color-mix(in_oklch,var(--color-accent)_10%,var(--color-surface))]" : "bg-surface",
                )}
              >
                {columns.map((column, cellIndex) => (
                  <td
                    key={column.id}
                    className={cx(
                      "h-8 whitespace-nowrap border-line border-b px-3 group-hover:bg-raised",
                      column.align === "right" && "text-right",
                      column.fill && "w-full max-w-0 truncate",
                      cellIndex === 0 && "sticky left-0 z-1 max-w-60 truncate bg-inherit xl:max-w-88",
                    )}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length === 0 && empty}
      <Pager label={label} first={first} count={sorted.length} total={all.length} onPage={setPage} />
    </div>
  );
}

interface HeaderCellProps<Row> {
  column: Column<Row>;
  first: boolean;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}

function HeaderCell<Row>({ column, first, sort, onSort }: HeaderCellProps<Row>) {
  const active = sort?.column === column.id;
  const descending = active && sort.descending;
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={active ? (descending ? "descending" : "ascending") : undefined}
      className={cx(
        "sticky top-0 z-2 h-8 whitespace-nowrap border-line border-b bg-surface px-3 font-medium text-ink-3 text-xs",
        column.align === "right" ? "text-right" : "text-left",
        first && "left-0 z-3",
        column.width,
      )}
    >
      {column.sortBy ? (
        <button
          type="button"
          // Figures are most often wanted largest first.
          onClick={() =>
            onSort({ column: column.id, descending: active ? !sort.descending : column.align === "right" })
          }
          className={cx("relative rounded-sm hover:text-ink", active && "text-ink")}
        >
          {column.header}
          {active && (
            // In the cell's padding, so that it takes no room and a header stands over its figures.
            <Arrow
              size={12}
              aria-hidden="true"
              className={cx("absolute top-0.5", column.align === "right" ? "right-full mr-px" : "left-full ml-px")}
            />
          )}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}
