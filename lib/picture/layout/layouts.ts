/** One door to all the ways a picture can be laid out. Pure: the same input gives the same places. */
import type { Places } from "./flow";
import { forceLayout } from "./force";
import { type LayoutInput, layOutPlanned } from "./planned";

export function layOut(input: LayoutInput): Places {
  return input.layout === "force" ? forceLayout(input.nodes, input.links) : layOutPlanned(input);
}
