import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "./icon-button";

/** More rows than this at once make a browser slow and a reader no wiser. */
const PAGE_ROWS = 200;

/** The rows of a page, counted from 0; the last page when there are no longer so many. */
export function pageOf<Row>(rows: readonly Row[], page: number): { first: number; rows: readonly Row[] } {
  const last = Math.max(0, Math.ceil(rows.length / PAGE_ROWS) - 1);
  const first = Math.min(page, last) * PAGE_ROWS;
  return { first, rows: rows.length <= PAGE_ROWS ? rows : rows.slice(first, first + PAGE_ROWS) };
}

interface PagerProps {
  /** Name of the table. */
  label: string;
  /** Index of the first row that is shown, and how many are. */
  first: number;
  count: number;
  total: number;
  onPage: (page: number) => void;
}

/** Under a long table: which of its rows are shown, and the way to the others. Nothing when all are. */
export function Pager({ label, first, count, total, onPage }: PagerProps) {
  if (total <= count) return null;
  const page = Math.floor(first / PAGE_ROWS);
  return (
    <nav
      aria-label={`Pages of ${label}`}
      className="sticky left-0 flex items-center justify-end gap-2 px-3 py-1.5 text-ink-2 text-sm"
    >
      <span className="tabular-nums" aria-live="polite">
        {first + 1} to {first + count} of {total}
      </span>
      <IconButton label="Rows before" size="sm" disabled={first === 0} onClick={() => onPage(page - 1)}>
        <ChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label="Rows after" size="sm" disabled={first + count >= total} onClick={() => onPage(page + 1)}>
        <ChevronRight size={16} aria-hidden="true" />
      </IconButton>
    </nav>
  );
}
