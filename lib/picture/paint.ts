/** The whole picture on a surface, from the ground up. */
import type { Frame } from "./frame";
import { paintEdges } from "./paint-edges";
import { paintLabels } from "./paint-labels";
import { paintNodes } from "./paint-nodes";
import { paintRegions } from "./paint-regions";
import type { Surface } from "./surface";

export function paintPicture(surface: Surface, frame: Frame): void {
  paintRegions(surface, frame);
  paintEdges(surface, frame);
  paintNodes(surface, frame);
  paintLabels(surface, frame);
}
