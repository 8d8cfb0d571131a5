/** Where the keys lead in a grid of cells. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one page down passes. */
  readonly pageRows: number;
  /** Whether a cell says something. */
  readonly filled: (place: CellPlace) => boolean;
}

const ARROWS: Readonly<Record<string, CellPlace>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/** null: the key does not move. With Ctrl an arrow leads to the next cell that says something. At an edge one stays. */
export function stepBy(
  { key, altKey, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey">,
  at: CellPlace,
  grid: Grid,
): CellPlace | null {
  // Alt and an arrow are the browser's: back and forward.
  if (altKey) return null;
  const { row, column } = at;
  const all = ctrlKey || metaKey;
  const arrow = ARROWS[key];
  if (arrow) return all ? nextFilled(at, arrow, grid) : plus(at, arrow, grid);
  const to = {
    PageUp: { row: row - grid.pageRows, column },
    PageDown: { row: row + grid.pageRows, column },
    Home: { row: all ? 0 : row, column: 0 },
    End: { row: all ? grid.rows - 1 : row, column: grid.columns - 1 },
  }[key];
  return to ? { row: within(to.row, grid.rows), column: within(to.column, grid.columns) } : null;
}

function nextFilled(from: CellPlace, arrow: CellPlace, grid: Grid): CellPlace {
  let at = from;
  for (;;) {
    const next = plus(at, arrow, grid);
    if (next.row === at.row && next.column === at.column) return from;
    if (grid.filled(next)) return next;
    at = next;
  }
}

function plus(at: CellPlace, step: CellPlace, { rows, columns }: Grid): CellPlace {
  return { row: within(at.row + step.row, rows), column: within(at.column + step.column, columns) };
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
