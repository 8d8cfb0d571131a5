/** Panels of the built-in boards are written in reading order; this gives them places. */
import { GRID_COLUMNS, type Panel } from "./panel";

export interface Flowing extends Omit<Panel, "place"> {
  readonly w: number;
  readonly h: number;
}

/** Rows filled from the left; a panel that does not fit begins the next row. */
export function flow(panels: readonly Flowing[]): Panel[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return panels.map(({ w, h, ...panel }) => {
    if (x + w > GRID_COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const place = { x, y, w, h };
    x += w;
    rowHeight = Math.max(rowHeight, h);
    return { ...panel, place };
  });
}
