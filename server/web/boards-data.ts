import type { BoardData, BoardDataQuery } from "@/lib/contract/boards";
import { type BoardSources, boardData, type PanelFigures } from "./boards";
import { SharedAnswers } from "./boards-shared";
import { webContext } from "./context";

/** Some 10 kB each. */
const MOST_PANELS = 500;
/** The graph asks the same store. */
const AT_ONCE = 4;
const HELD = Symbol.for("meshdeck.web.panels");

/** Panels are held once for the process, because Next loads this module more than once. */
export function boardSources(): BoardSources {
  const place = globalThis as { [HELD]?: SharedAnswers<PanelFigures> };
  place[HELD] ??= new SharedAnswers<PanelFigures>({ most: MOST_PANELS, atOnce: AT_ONCE });
  const { mesh, metrics, telemetry } = webContext();
  return { mesh, metrics, telemetry, panels: place[HELD], now: Date.now };
}

export function showBoardData(query: BoardDataQuery): Promise<BoardData> {
  return boardData(query, boardSources());
}
