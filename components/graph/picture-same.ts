/** Whether two readings of a mesh are drawn with the same nodes and edges. */
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import type { Choice } from "./picture-structure";

/** Everything a structure is made of is the same; figures may differ. Both are sorted by id. */
export function isSameStructure(a: Topology, b: Topology): boolean {
  return isSameList(a.nodes, b.nodes, isSameNode) && isSameList(a.edges, b.edges, isSameEdge);
}

function isSameNode(a: TopologyNode, b: TopologyNode): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.kind === b.kind &&
      a.version === b.version &&
      (a.split === null) === (b.split === null) &&
      isSameList(a.related, b.related, Object.is) &&
      isSameList(a.identities, b.identities, Object.is))
  );
}

function isSameEdge(a: TopologyEdge, b: TopologyEdge): boolean {
  return a === b || (a.id === b.id && a.splitRoot === b.splitRoot && (a.protocol === "tcp") === (b.protocol === "tcp"));
}

function isSameList<Item>(a: readonly Item[], b: readonly Item[], isSame: (a: Item, b: Item) => boolean): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => isSame(item, b[index] as Item)));
}

export function isSameChoice(a: Choice, b: Choice): boolean {
  return (
    a.level === b.level &&
    a.grouping === b.grouping &&
    isSameSet(a.scope, b.scope) &&
    isSameSet(a.open, b.open) &&
    isSameSet(a.without?.nodes ?? null, b.without?.nodes ?? null) &&
    isSameSet(a.without?.edges ?? null, b.without?.edges ?? null)
  );
}

function isSameSet(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.size !== b.size) return false;
  for (const each of a) if (!b.has(each)) return false;
  return true;
}
