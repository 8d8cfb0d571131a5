/** Where the keys lead in a grid of cells. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one page down passes. */
  readonly pageRows: number;
}

/** null: the key does not move. At an edge one stays. */
export function stepBy(
  { key, altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey">,
  { row, column }: CellPlace,
  { rows, columns, pageRows }: GridSize,
): CellPlace | null {
  // Alt and an arrow are the browser's: back and forward.
  if (altKey) return null;
  const all = ctrlKey || metaKey;
  const to = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - pageRows, column },
    PageDown: { row: row + pageRows, column },
    Home: { row: all ? 0 : row, column: 0 },
    End: { row: all ? rows - 1 : row, column: columns - 1 },
  }[key];
  return to ? { row: within(to.row, rows), column: within(to.column, columns) } : null;
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
