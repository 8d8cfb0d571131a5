import type { Status } from "@/components/ui/status-mark";
import type { Topology } from "@/lib/contract/topology";
import { callsOf, edgesByCalled, failedShare, refusedOf, serviceStatus, worstP99 } from "@/lib/topology/callers";

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
  /** Requests, and connections of TCP. */
  readonly requestsPerSecond: number;
  /** Share of received calls that did not fail, 0 to 1; null when none were received. */
  readonly successRatio: number | null;
  /** The slowest caller's p99. null without samples. */
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
  const byCalled = edgesByCalled(edges);
  return nodes
    .filter((node) => node.kind === "service")
    .map((node): ServiceRow => {
      const workloads = node.related.flatMap((id) => byId.get(id) ?? []);
      const callers = byCalled.get(node.id) ?? [];
      const seen = callers.flatMap((edge) => edge.mtlsRatio ?? []);
      const failed = failedShare(node, callers);
      const outPerSecond = workloads.reduce((sum, workload) => sum + workload.outPerSecond, 0);
      return {
        id: node.id,
        namespace: node.namespace,
        key: `${node.namespace}/${node.name}`,
        meshed: node.meshed,
        versions: [...new Set(workloads.flatMap((workload) => workload.version ?? []))].sort(),
        identities: node.identities,
        requestsPerSecond: callsOf(node, callers),
        successRatio: failed === null ? null : 1 - failed,
        worstP99Ms: worstP99(callers),
        deniedPerSecond: refusedOf(callers),
        encrypted: seen.length === 0 ? null : seen.every((ratio) => ratio === 1),
        outPerSecond,
        problems: node.problems,
        status: serviceStatus({ node, callers, outPerSecond }),
        answeredBy: [...new Set(callers.map(({ target }) => keyOf(target)))],
      };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function keyOf(nodeId: string): string {
  const [namespace, , name] = nodeId.split("/");
  return `${namespace}/${name}`;
}
