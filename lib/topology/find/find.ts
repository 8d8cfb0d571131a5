/** Finding in a graph: `errors > 1% and (ns = bookstore or not mtls)`. */
import type { Topology } from "@/lib/contract/topology";
import { columnsOf } from "./columns";
import { asksOfCalls, evaluate } from "./evaluate";
import type { FindError } from "./fault";
import { parseFind } from "./parse";

export interface Found {
  readonly ok: true;
  /** Ids of nodes and edges it holds for. Both null for an empty search: nothing is sought, so nothing is left out. */
  readonly nodes: ReadonlySet<string> | null;
  readonly edges: ReadonlySet<string> | null;
  /** Ends of the found edges, when the search asks about calls: a call is shown with who makes and who gets it. */
  readonly ends: ReadonlySet<string>;
}

/** What an expression finds, or what is wrong with it. Never throws. */
export function find(topology: Topology, text: string): Found | FindError {
  const parsed = parseFind(text);
  if (!parsed.ok) return parsed;
  const { expression } = parsed;
  if (expression === null) return { ok: true, nodes: null, edges: null, ends: new Set() };
  const holds = evaluate(expression, columnsOf(topology));
  const nodes = topology.nodes.filter((_, at) => holds.nodes[at] === 1).map((node) => node.id);
  const edges = topology.edges.filter((_, at) => holds.edges[at] === 1);
  return {
    ok: true,
    nodes: new Set(nodes),
    edges: new Set(edges.map((edge) => edge.id)),
    ends: new Set(asksOfCalls(expression) ? edges.flatMap((edge) => [edge.source, edge.target]) : []),
  };
}
