/** Which node shows each topology node, and in which group it stands. */
import type { Topology, TopologyNode } from "@/lib/contract/topology";
import type { Grouping } from "./picture";
import type { Choice } from "./picture-structure";

export interface Folding {
  /** Index in the topology by node id. */
  readonly index: ReadonlyMap<string, number>;
  /** By index of an edge: the index of its ends; -1 for a node that is not in the topology. Each is looked up once. */
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** By index: the id of the node that shows it. */
  readonly shown: readonly string[];
  /** By index: the group it belongs to. */
  readonly group: readonly string[];
  /** By index: its group is folded into one node. */
  readonly isGroup: readonly boolean[];
}

export function foldingOf({ nodes, edges }: Topology, { level, open, grouping }: Choice): Folding {
  const index = new Map(nodes.map((node, at) => [node.id, at]));
  const at = (id: string | undefined) => nodes[index.get(id ?? "") ?? -1];
  const host = level === "workloads" ? new Map<string, string>() : hosts(nodes, at);
  const group = nodes.map((node) => {
    const service = at(host.get(node.id)) ?? node;
    // A service's version is its workload's, when it has one only.
    const workload = service.related.length === 1 ? at(service.related[0]) : undefined;
    return groupOf(service, workload, grouping);
  });
  const isGroup = group.map((each) => level === "namespaces" && grouping !== "none" && !open.has(each));
  // One text for each group: what is found by it is found by identity.
  const groupIds = new Map(group.map((each) => [each, groupId(each)]));
  const shown = nodes.map(({ id }, index) => {
    if (isGroup[index]) return groupIds.get(group[index] ?? "") ?? id;
    const service = host.get(id);
    return service === undefined || open.has(service) ? id : service;
  });
  const source = Int32Array.from(edges, (edge) => index.get(edge.source) ?? -1);
  const target = Int32Array.from(edges, (edge) => index.get(edge.target) ?? -1);
  return { index, source, target, shown, group, isGroup };
}

/** The id of a folded group, `_/bookstore`: no object's, as no namespace is named with an underscore. */
function groupId(group: string): string {
  return `_/${group}`;
}

/** Workload id to the service it is folded into: one whose only workload it is; of several the one with its name, else the first. */
function hosts(
  nodes: readonly TopologyNode[],
  at: (id: string) => TopologyNode | undefined,
): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const workload of nodes) {
    if (workload.kind === "service" || workload.kind === "external") continue;
    const own = workload.related.filter((id) => at(id)?.related.length === 1).sort();
    const chosen = own.find((id) => at(id)?.name === workload.name) ?? own[0];
    if (chosen !== undefined) hosts.set(workload.id, chosen);
  }
  return hosts;
}

function groupOf(node: TopologyNode, workload: TopologyNode | undefined, grouping: Grouping): string {
  if (grouping === "namespace") return node.namespace;
  if (grouping === "none") return "";
  if (grouping === "version") return node.version ?? workload?.version ?? "no version";
  const [only, ...more] = node.identities;
  if (only === undefined) return "no ServiceAccount";
  return more.length === 0 ? only : "several ServiceAccounts";
}
