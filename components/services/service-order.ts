/** The order and the page of a list as they stand in a URL: `sort=-requests`, `page=2`. */
import type { Column, Sort } from "@/components/ui/table";

/** What needs a person first. */
const DEFAULT: Sort = { column: "state", descending: true };

/** A column that is not there, or cannot be sorted by, is the default order. */
export function readSort(text: string | null, columns: readonly Pick<Column<never>, "id" | "sortBy">[]): Sort {
  const descending = text?.startsWith("-") ?? false;
  const column = descending ? (text?.slice(1) ?? "") : (text ?? "");
  const known = columns.some(({ id, sortBy }) => id === column && sortBy !== undefined);
  return known ? { column, descending } : DEFAULT;
}

/** null: the default order. */
export function sortText({ column, descending }: Sort): string | null {
  if (column === DEFAULT.column && descending === DEFAULT.descending) return null;
  return descending ? `-${column}` : column;
}

/** From 1. */
export function readPage(text: string | null): number {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}
