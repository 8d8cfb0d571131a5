import type { BoardData, BoardDataQuery } from "@/lib/contract/boards";
import { boardData, type PanelFigures } from "./boards";
import { SharedPanels } from "./boards-shared";
import { webContext } from "./context";

/** Some 10 kB each. */
const MOST_PANELS = 500;
/** The graph asks the same store. */
const AT_ONCE = 4;
const HELD = Symbol.for("meshdeck.web.panels");

/** Held once for the process, because Next loads this module more than once. */
export function sharedPanels(): SharedPanels<PanelFigures> {
  const place = globalThis as { [HELD]?: SharedPanels<PanelFigures> };
  place[HELD] ??= new SharedPanels<PanelFigures>({ most: MOST_PANELS, atOnce: AT_ONCE });
  return place[HELD];
}

export function showBoardData(query: BoardDataQuery): Promise<BoardData> {
  const { mesh, metrics, telemetry } = webContext();
  return boardData(query, { mesh, metrics, telemetry, panels: sharedPanels(), now: Date.now });
}
