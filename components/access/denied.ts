/** The pairs whose calls were refused: as a list, and as steps from cell to cell. */
import type { Access, AccessCell } from "@/lib/contract/access";
import { compareNames } from "@/lib/format/name-order";
import type { CellPlace } from "./cell-steps";
import { cellsOf, isDenied, type MatrixFilter } from "./matrix";

/** Of the pairs the names and namespaces let through and the matrix can show, those with refused calls; the most refused first. */
export function deniedPairs(access: Access, filter: MatrixFilter): AccessCell[] {
  const sources = new Set(access.identities.map(({ key }) => key));
  const destinations = new Set(access.destinations.map(({ key }) => key));
  return cellsOf(access, filter)
    .filter((cell) => isDenied(cell) && sources.has(cell.source) && destinations.has(cell.destination))
    .sort(
      (a, b) =>
        b.deniedPerSecond - a.deniedPerSecond ||
        compareNames(a.source, b.source) ||
        compareNames(a.destination, b.destination),
    );
}

/** Index of the place that follows (or precedes) another in the order one reads; beyond the last comes the first. -1: there is none. */
export function stepAmong(places: readonly CellPlace[], from: CellPlace | null, direction: 1 | -1): number {
  if (from === null) return direction === 1 ? Math.min(0, places.length - 1) : places.length - 1;
  const index =
    direction === 1
      ? places.findIndex((place) => inOrder(from, place) < 0)
      : places.findLastIndex((place) => inOrder(place, from) < 0);
  return index >= 0 ? index : stepAmong(places, null, direction);
}

/** As one reads: row by row, from the left. */
export function inOrder(a: CellPlace, b: CellPlace): number {
  return a.row - b.row || a.column - b.column;
}
