import type { Status } from "@/components/ui/status-mark";
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import { errorRatio, nodeStatus } from "./node-status";

/** One service as its callers see it. Rates are per second. */
export interface ServiceRow {
  /** Node id. */
  readonly id: string;
  readonly namespace: string;
  /** `namespace/name`. */
  readonly key: string;
  readonly meshed: boolean;
  /** Of its workloads, sorted, each once. */
  readonly versions: readonly string[];
  /** Identity keys. */
  readonly identities: readonly string[];
  readonly requestsPerSecond: number;
  /** Share of received calls that did not fail, 0 to 1; null when none were received. */
  readonly successRatio: number | null;
  /** The slowest caller's p99: percentiles of callers cannot be added up. null without samples. */
  readonly worstP99Ms: number | null;
  readonly deniedPerSecond: number;
  /** Every connection was mutual TLS; null: no connection yet. */
  readonly encrypted: boolean | null;
  /** What its workloads call, altogether. */
  readonly outPerSecond: number;
  readonly problems: number;
  readonly status: Status;
  /** Keys of the services that its calls were sent to: itself, or the backends of its split. */
  readonly answeredBy: readonly string[];
}

/** The services of a topology, by key. */
export function serviceRows({ nodes, edges }: Topology): readonly ServiceRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    // Who calls the root of a split is told by the backend each call was sent to.
    for (const called of new Set([edge.target, edge.splitRoot ?? edge.target])) {
      const known = callers.get(called);
      if (known) known.push(edge);
      else callers.set(called, [edge]);
    }
  }
  return nodes
    .filter((node) => node.kind === "service")
    .map((node): ServiceRow => {
      const workloads = node.related.flatMap((id) => byId.get(id) ?? []);
      const calls = callers.get(node.id) ?? [];
      const seen = calls.flatMap((edge) => edge.mtlsRatio ?? []);
      const errors = errorRatio({ node, callers: calls });
      const outPerSecond = workloads.reduce((sum, workload) => sum + workload.outPerSecond, 0);
      return {
        id: node.id,
        namespace: node.namespace,
        key: `${node.namespace}/${node.name}`,
        meshed: node.meshed,
        versions: [...new Set(workloads.flatMap((workload) => workload.version ?? []))].sort(),
        identities: node.identities,
        requestsPerSecond: Math.max(
          node.inPerSecond,
          calls.reduce((sum, edge) => sum + edge.requestsPerSecond, 0),
        ),
        successRatio: errors === null ? null : 1 - errors,
        worstP99Ms: worstP99(calls),
        deniedPerSecond: calls.reduce((sum, edge) => sum + edge.deniedPerSecond, 0),
        encrypted: seen.length === 0 ? null : seen.every((ratio) => ratio === 1),
        outPerSecond,
        problems: node.problems,
        status: nodeStatus({ node, callers: calls, outPerSecond }),
        answeredBy: [...new Set(calls.map(({ target }) => keyOf(target)))],
      };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function worstP99(calls: readonly TopologyEdge[]): number | null {
  const known = calls.flatMap((edge) => edge.latencyMs?.p99 ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

function keyOf(nodeId: string): string {
  const [namespace, , name] = nodeId.split("/");
  return `${namespace}/${name}`;
}
