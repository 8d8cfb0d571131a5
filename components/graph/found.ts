import type { find } from "@/lib/topology/find/find";
import type { FoundInPicture, Picture } from "./picture";

/** What a search found, as drawn: what is folded is found as what it is folded into. null: no search, or none that can be read. */
export function foundIn(picture: Picture, result: ReturnType<typeof find>): FoundInPicture | null {
  if (!result.ok || result.nodes === null || result.edges === null) return null;
  const { edges } = result;
  const drawn = new Set(picture.nodes.map((node) => node.id));
  const nodes = new Set<string>();
  for (const id of [...result.nodes, ...result.ends]) {
    const shown = picture.shownAs.get(id) ?? id;
    if (drawn.has(shown)) nodes.add(shown);
  }
  return {
    nodes,
    edges: new Set(picture.edges.filter(({ calls }) => calls.some((call) => edges.has(call))).map((edge) => edge.id)),
  };
}
