/** The ways a picture can be laid out, and one door to all of them. Pure: the same input gives the same places. */
import { flowLayout, type LayoutNode, type Orientation, type Places } from "./flow";
import { forceLayout } from "./force";
import type { Link } from "./layered";
import { radialLayout } from "./radial";

export interface LayoutInput {
  readonly layout: LayoutName;
  readonly nodes: readonly LayoutNode[];
  readonly links: readonly Link[];
  readonly orientation: Orientation;
  /** Of the radial layout: the node in the middle; null for whatever calls and is not called. */
  readonly centre: string | null;
}

export const LAYOUTS = [
  { value: "layered", label: "Layered" },
  { value: "force", label: "Force" },
  { value: "radial", label: "Radial" },
] as const;

export type LayoutName = (typeof LAYOUTS)[number]["value"];

export function layOut({ layout, nodes, links, orientation, centre }: LayoutInput): Places {
  if (layout === "force") return forceLayout(nodes, links);
  if (layout === "radial") return radialLayout(nodes, links, centre);
  return flowLayout(nodes, links, orientation);
}

/** Reads `?layout=`; layered when it is missing or unknown. */
export function readLayout(text: string | null): LayoutName {
  return LAYOUTS.find(({ value }) => value === text)?.value ?? "layered";
}
