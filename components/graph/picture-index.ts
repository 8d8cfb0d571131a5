/** Quick ways through a picture: made once for each, so that a key press looks up and does not search. */
import type { Picture, PictureEdge, PictureNode } from "./picture";

export interface PictureIndex {
  readonly nodes: ReadonlyMap<string, PictureNode>;
  readonly edges: ReadonlyMap<string, PictureEdge>;
  /** By node: edges out of it and into it, loops left out; the busiest first, then by id. */
  readonly out: ReadonlyMap<string, readonly PictureEdge[]>;
  readonly into: ReadonlyMap<string, readonly PictureEdge[]>;
  /** By topology edge: the edge that shows it. One within a folded group has none. */
  readonly showing: ReadonlyMap<string, PictureEdge>;
}

const known = new WeakMap<Picture, PictureIndex>();

export function indexOf(picture: Picture): PictureIndex {
  const found = known.get(picture) ?? makeIndex(picture);
  known.set(picture, found);
  return found;
}

function makeIndex({ nodes, edges }: Picture): PictureIndex {
  const out = new Map<string, PictureEdge[]>();
  const into = new Map<string, PictureEdge[]>();
  const showing = new Map<string, PictureEdge>();
  for (const edge of edges) {
    for (const call of edge.calls) showing.set(call, edge);
    if (edge.from === edge.to) continue;
    add(out, edge.from, edge);
    add(into, edge.to, edge);
  }
  for (const lists of [out, into]) for (const list of lists.values()) list.sort(busiestFirst);
  return {
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: new Map(edges.map((edge) => [edge.id, edge])),
    out,
    into,
    showing,
  };
}

function add(lists: Map<string, PictureEdge[]>, key: string, edge: PictureEdge): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [edge]);
  else list.push(edge);
}

function busiestFirst(a: PictureEdge, b: PictureEdge): number {
  return weight(b) - weight(a) || (a.id < b.id ? -1 : 1);
}

function weight(edge: PictureEdge): number {
  return edge.edge === null ? -1 : edge.edge.requestsPerSecond + edge.edge.deniedPerSecond;
}
