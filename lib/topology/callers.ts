/** Calls as the service that was asked sees them. */
import type { TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import { ratioHealth } from "./health";

/**
 * Edges by the id of the service that was called. Who calls the root of a split is told by the backend each call was sent to:
 * those edges stand under both.
 */
export function edgesByCalled(edges: readonly TopologyEdge[]): ReadonlyMap<string, readonly TopologyEdge[]> {
  const callers = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    for (const called of new Set([edge.target, edge.splitRoot ?? edge.target])) {
      const known = callers.get(called);
      if (known) known.push(edge);
      else callers.set(called, [edge]);
    }
  }
  return callers;
}

/** The edges of one service, as edgesByCalled has them. */
export function callersOf(edges: readonly TopologyEdge[], service: string): TopologyEdge[] {
  return edges.filter(({ target, splitRoot }) => target === service || splitRoot === service);
}

/** Calls per second. What a node received is told by callers that have no sidecar too. */
export function callsOf(node: Pick<TopologyNode, "inPerSecond">, callers: readonly TopologyEdge[]): number {
  return Math.max(node.inPerSecond, sum(callers, callRate));
}

/** Failed calls of all its callers together: those of a split's root were counted for its backends. null without calls. */
export function failedShare(node: Pick<TopologyNode, "errorRatio">, callers: readonly TopologyEdge[]): number | null {
  if (node.errorRatio !== null) return node.errorRatio;
  const calls = sum(callers, callRate);
  return calls > 0 ? sum(callers, (edge) => callRate(edge) * (edge.errorRatio ?? 0)) / calls : null;
}

/** p99 of the slowest caller in milliseconds: percentiles cannot be added up. null without samples. */
export function worstP99(callers: readonly TopologyEdge[]): number | null {
  const known = callers.flatMap(({ latencyMs }) => latencyMs?.p99 ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

export type ServiceStatus = "failing" | "degraded" | "denied" | "healthy" | "idle";

export interface ServiceFlow {
  readonly node: Pick<TopologyNode, "inPerSecond" | "errorRatio" | "problems">;
  readonly callers: readonly TopologyEdge[];
  /** What its workloads call, altogether. */
  readonly outPerSecond: number;
}

/** How a service is as its callers see it; without failures, refusals count: they are somebody's decision. */
export function serviceStatus({ node, callers, outPerSecond }: ServiceFlow): ServiceStatus {
  const health = ratioHealth(failedShare(node, callers));
  if (health === "failing") return "failing";
  if (health === "degraded" || node.problems > 0) return "degraded";
  if (callers.some(({ deniedPerSecond }) => deniedPerSecond > 0)) return "denied";
  return callsOf(node, callers) + outPerSecond === 0 ? "idle" : "healthy";
}

/** Refused calls per second. */
export function refusedOf(callers: readonly TopologyEdge[]): number {
  return sum(callers, ({ deniedPerSecond }) => deniedPerSecond);
}

function callRate({ requestsPerSecond }: TopologyEdge): number {
  return requestsPerSecond;
}

function sum(edges: readonly TopologyEdge[], of: (edge: TopologyEdge) => number): number {
  return edges.reduce((total, edge) => total + of(edge), 0);
}
