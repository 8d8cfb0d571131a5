/** What the layouts are told of a picture. */
import type { DrawnPicture } from "../picture";
import type { LayoutNode } from "./flow";
import type { Link } from "./layered";

/** A folded group stands for itself; what has no region stands with all that have none. */
export function layoutNodes(picture: DrawnPicture): readonly LayoutNode[] {
  return picture.nodes.map(({ id, group, folded }) => ({ id, namespace: folded === null ? group : id }));
}

/** A split's root stands beside its backends, not before them: in between it would be in the way of the calls they get. */
export function layoutLinks(picture: DrawnPicture): readonly Link[] {
  return picture.edges.filter((edge) => edge.kind !== "split").map(({ from, to }) => ({ from, to }));
}
