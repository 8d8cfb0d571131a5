/** Pixels of the grid that panels lie in. */
export const ROW_PX = 44;
export const GAP_PX = 8;

/** Height of a panel of so many rows, in pixels. */
export function panelHeight(rows: number): number {
  return rows * ROW_PX + (rows - 1) * GAP_PX;
}
