/** The layouts that are worked out from the links alone: quick for small pictures, and without a simulation. Pure. */
import { flowLayout, type LayoutNode, type Orientation, type Places } from "./flow";
import type { Link } from "./layered";
import type { LayoutName } from "./layout-name";
import { radialLayout } from "./radial";

export interface LayoutInput {
  readonly layout: LayoutName;
  readonly nodes: readonly LayoutNode[];
  readonly links: readonly Link[];
  readonly orientation: Orientation;
  /** Of the radial layout: the node in the middle; null for whatever calls and is not called. */
  readonly centre: string | null;
}

/** Radial where that is asked for, else layered. */
export function layOutPlanned({ layout, nodes, links, orientation, centre }: LayoutInput): Places {
  return layout === "radial" ? radialLayout(nodes, links, centre) : flowLayout(nodes, links, orientation);
}
