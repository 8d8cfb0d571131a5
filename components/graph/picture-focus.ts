/** A picture of one node and of what is so many calls away from it. */
import type { Focus } from "./graph-choice";
import type { Picture, PictureEdge } from "./picture";
import { indexOf } from "./picture-index";

/**
 * null when the node is not in the picture. A group that was opened is all its nodes. A service, its workloads and the backends of its
 * split are one place: no hop lies between them.
 */
export function focusPicture(picture: Picture, { id, up, down }: Focus): Picture | null {
  const { into, out } = indexOf(picture);
  const centres = centresOf(picture, id);
  if (centres.length === 0) return null;
  const kept = new Set([
    ...within(centres, up, (node) => (into.get(node) ?? []).map((edge) => [edge, edge.from] as const)),
    ...within(centres, down, (node) => (out.get(node) ?? []).map((edge) => [edge, edge.to] as const)),
  ]);
  return {
    nodes: picture.nodes.filter((node) => kept.has(node.id)),
    edges: picture.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)),
    shownAs: picture.shownAs,
  };
}

function centresOf(picture: Picture, id: string): readonly string[] {
  const centre = picture.shownAs.get(id) ?? id;
  if (indexOf(picture).nodes.has(centre)) return [centre];
  const group = id.startsWith("_/") ? id.slice(2) : null;
  return group === null ? [] : picture.nodes.filter((node) => node.group === group).map((node) => node.id);
}

type Ways = (node: string) => readonly (readonly [PictureEdge, string])[];

/** Everything at most `hops` calls away. Lines that are no calls cost nothing: each ring is filled along them before the next begins. */
function within(centres: readonly string[], hops: number, ways: Ways): ReadonlySet<string> {
  const reached = new Set(centres);
  let ring = centres;
  for (let hop = 0; ring.length > 0; hop += 1) {
    const filled = [...ring];
    // Grows while it is walked.
    for (const node of filled) filled.push(...newOnes(ways(node), reached, (edge) => edge.kind !== "call"));
    if (hop === hops) return reached;
    ring = filled.flatMap((node) => newOnes(ways(node), reached, (edge) => edge.kind === "call"));
  }
  return reached;
}

/** Nodes along the wanted lines that were not reached before; now they are. */
function newOnes(ways: ReturnType<Ways>, reached: Set<string>, wanted: (edge: PictureEdge) => boolean): string[] {
  const found: string[] = [];
  for (const [edge, other] of ways) {
    if (!wanted(edge) || reached.has(other)) continue;
    reached.add(other);
    found.push(other);
  }
  return found;
}
