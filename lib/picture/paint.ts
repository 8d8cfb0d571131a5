/** The picture on one surface or two: the ground stays while only figures change. */
import type { TakenRoom } from "./boxes";
import type { Frame } from "./frame";
import { paintEdgeGround, paintEdges } from "./paint-edges";
import { paintLabels } from "./paint-labels";
import { paintNodes } from "./paint-nodes";
import { paintRegions, paintTitles } from "./paint-regions";
import type { Surface } from "./surface";

/** What depends on places, zoom and theme alone. */
export function paintGround(surface: Surface, frame: Frame): void {
  paintRegions(surface, frame);
  paintEdgeGround(surface, frame);
}

/** What figures change. Returns the room its labels and titles took. */
export function paintFigures(surface: Surface, frame: Frame): TakenRoom {
  paintEdges(surface, frame);
  paintTitles(surface, frame);
  paintNodes(surface, frame);
  return paintLabels(surface, frame);
}
