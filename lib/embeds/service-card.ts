/** A service on a card: what its callers see, in one glance. */

import type { PanelData } from "@/lib/contract/boards";
import type { ServiceCard } from "@/lib/contract/embeds";
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import { callersOf, callsOf, failedShare, refusedOf, serviceStatus } from "@/lib/topology/callers";
import { isMeasured } from "@/lib/topology/measured";

/** `requests`, `latency`: the panels of the service's requests and of its p99, for the course and the newest latency. */
export function serviceCard(
  service: string,
  topology: Topology,
  { requests, latency }: { readonly requests: PanelData | undefined; readonly latency: PanelData | undefined },
): ServiceCard {
  const [namespace, name] = service.split("/");
  const id = `${namespace}/service/${name}`;
  const node = topology.nodes.find((each) => each.id === id);
  const callers = callersOf(topology.edges, id);
  const course = requests?.series[0]?.values ?? [];
  // Without the metrics the graph knows no figure: nothing is not the same as unknown.
  const measured = isMeasured(topology.partial);
  return {
    service,
    known: node !== undefined,
    status: node ? serviceStatus({ node, callers, outPerSecond: sent(topology, node.related) }) : "idle",
    requestsPerSecond: measured && node ? callsOf(node, callers) : null,
    errorRatio: node ? failedShare(node, callers) : null,
    deniedPerSecond: measured ? refusedOf(callers) : null,
    mtlsRatio: mtlsOf(callers),
    p99Ms: latency?.series[0]?.values.findLast((value) => value !== null) ?? null,
    pods: node?.pods ?? podsBehind(topology, node?.related ?? []),
    problems: node?.problems ?? 0,
    course,
  };
}

/** What its workloads call, altogether. */
function sent({ nodes }: Topology, related: readonly string[]): number {
  return sum(nodes.flatMap(({ id, outPerSecond }) => (related.includes(id) ? [outPerSecond] : [])));
}

/** By how much was called; null while nothing connected. */
function mtlsOf(calls: readonly TopologyEdge[]): number | null {
  const known = calls.filter(({ mtlsRatio }) => mtlsRatio !== null);
  const weight = known.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);
  if (known.length === 0) return null;
  if (weight === 0) return Math.min(...known.map(({ mtlsRatio }) => mtlsRatio ?? 1));
  return known.reduce((sum, each) => sum + (each.mtlsRatio ?? 0) * each.requestsPerSecond, 0) / weight;
}

function podsBehind(topology: Topology, related: readonly string[]): ServiceCard["pods"] {
  const pods = topology.nodes.flatMap(({ id, pods: own }) => (own && related.includes(id) ? [own] : []));
  if (pods.length === 0) return null;
  return { ready: sum(pods.map(({ ready }) => ready)), total: sum(pods.map(({ total }) => total)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
