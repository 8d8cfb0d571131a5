/**
 * Figures of many edges as one. What can be added is added. An error ratio is that of all requests together. Percentiles cannot be
 * merged from percentiles: the mean weighted by rate stands for them, said to be approximate, and the slowest edge is named.
 */
import type { TopologyEdge } from "@/lib/contract/topology";
import { edgeStatus } from "@/lib/picture/status";
import type { PictureCall } from "./picture";

/** What a folded edge is made of. */
export interface PartCounts {
  readonly total: number;
  readonly failing: number;
  readonly degraded: number;
  readonly denied: number;
  readonly idle: number;
  /** Edges with connections that are not all mutual TLS. */
  readonly plaintext: number;
  /** Id of the topology edge with the highest p99; null without latencies. */
  readonly slowest: string | null;
  readonly slowestP99Ms: number | null;
}

interface Ends {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

/** `parts` is not empty, and either all TCP or all not. */
export function foldCalls({ id, source, target }: Ends, parts: readonly TopologyEdge[]): PictureCall {
  const first = parts[0];
  let protocol = first?.protocol ?? "http";
  let requestsPerSecond = 0;
  let deniedPerSecond = 0;
  let bytesPerSecond: number | null = null;
  let allowed = false;
  for (const edge of parts) {
    if (edge.protocol !== protocol) protocol = "http";
    requestsPerSecond += edge.requestsPerSecond;
    deniedPerSecond += edge.deniedPerSecond;
    if (edge.bytesPerSecond !== null) bytesPerSecond = (bytesPerSecond ?? 0) + edge.bytesPerSecond;
    allowed ||= edge.allowed;
  }
  const mtlsRatio = mtlsOf(parts);
  return {
    id,
    source,
    target,
    protocol,
    requestsPerSecond,
    bytesPerSecond,
    errorRatio: errorRatioOf(parts),
    deniedPerSecond,
    denied: deniedPerSecond > 0 && requestsPerSecond === 0,
    mtlsRatio,
    mtls: mtlsRatio === null ? null : mtlsRatio === 1,
    latencyMs: latencyOf(parts),
    splitShare: null,
    desiredShare: null,
    splitRoot: null,
    allowed,
    policies: [],
    parts: countParts(parts),
  };
}

/** An idle connection weighs a little, so that one in plaintext is not lost among busy ones. */
const IDLE_WEIGHT = 0.01;

/** Share of connections by mutual TLS, weighted by what they carry; null: none yet. */
export function mtlsOf(edges: readonly TopologyEdge[]): number | null {
  if (edges.every((edge) => edge.mtlsRatio === null || edge.mtlsRatio === 1))
    return edges.some((edge) => edge.mtlsRatio === 1) ? 1 : null;
  return weighted(
    edges,
    (edge) => edge.mtlsRatio,
    (edge) => rate(edge) + IDLE_WEIGHT,
  );
}

/** Errors of all requests together, 0 to 1; null: none were made. */
export function errorRatioOf(edges: readonly TopologyEdge[]): number | null {
  return weighted(edges, (edge) => edge.errorRatio, rate);
}

/** Requests per second. Connections of TCP are something else and only counted where nothing but them is. */
export function requestsOf(edges: readonly TopologyEdge[]): number {
  const requests = edges.filter((edge) => edge.protocol !== "tcp");
  return sum(requests.length > 0 ? requests : edges, rate);
}

export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

function rate(edge: TopologyEdge): number {
  return edge.requestsPerSecond;
}

function weighted(
  edges: readonly TopologyEdge[],
  value: (edge: TopologyEdge) => number | null,
  weight: (edge: TopologyEdge) => number,
): number | null {
  let total = 0;
  let weights = 0;
  for (const edge of edges) {
    const known = value(edge);
    if (known === null) continue;
    total += known * weight(edge);
    weights += weight(edge);
  }
  return weights > 0 ? total / weights : null;
}

function latencyOf(edges: readonly TopologyEdge[]): TopologyEdge["latencyMs"] {
  if (edges.every((edge) => edge.latencyMs === null)) return null;
  const mean = (percentile: "p50" | "p95" | "p99") =>
    weighted(edges, (edge) => edge.latencyMs?.[percentile] ?? null, rate);
  return { p50: mean("p50"), p95: mean("p95"), p99: mean("p99") };
}

/** How many of some edges are in each state. */
export function countParts(parts: readonly TopologyEdge[]): PartCounts {
  const states = { healthy: 0, failing: 0, degraded: 0, denied: 0, idle: 0, encrypted: 0, plaintext: 0 };
  let slowest: TopologyEdge | null = null;
  for (const edge of parts) {
    states[edgeStatus(edge)] += 1;
    if (edge.mtlsRatio !== null && edge.mtlsRatio < 1) states.plaintext += 1;
    if ((edge.latencyMs?.p99 ?? -1) > (slowest?.latencyMs?.p99 ?? -1)) slowest = edge;
  }
  return {
    total: parts.length,
    failing: states.failing,
    degraded: states.degraded,
    denied: states.denied,
    idle: states.idle,
    plaintext: states.plaintext,
    slowest: slowest?.id ?? null,
    slowestP99Ms: slowest?.latencyMs?.p99 ?? null,
  };
}
