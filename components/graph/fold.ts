/**
 * Figures of many edges as one. What can be added is added. An error ratio is that of all requests together. Percentiles cannot be
 * merged from percentiles: the mean weighted by rate stands for them, said to be approximate, and the slowest edge is named.
 */
import type { TopologyEdge } from "@/lib/contract/topology";
import { edgeStatus } from "@/lib/picture/status";
import type { Picture, PictureCall } from "./picture";

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

/**
 * `parts` is not empty, and either all TCP or all not. One walk over the parts: a mesh of ten thousand edges is folded before its first
 * picture, by code that has not run before.
 */
export function foldCalls({ id, source, target }: Ends, parts: readonly TopologyEdge[]): PictureCall {
  let protocol = parts[0]?.protocol ?? "http";
  let requestsPerSecond = 0;
  let deniedPerSecond = 0;
  let bytesPerSecond: number | null = null;
  let allowed = false;
  const errors = new Mean();
  const p50 = new Mean();
  const p95 = new Mean();
  const p99 = new Mean();
  let isTimed = false;
  for (const edge of parts) {
    const rate = edge.requestsPerSecond;
    if (edge.protocol !== protocol) protocol = "http";
    requestsPerSecond += rate;
    deniedPerSecond += edge.deniedPerSecond;
    if (edge.bytesPerSecond !== null) bytesPerSecond = (bytesPerSecond ?? 0) + edge.bytesPerSecond;
    allowed ||= edge.allowed;
    errors.add(edge.errorRatio, rate);
    if (edge.latencyMs === null) continue;
    isTimed = true;
    p50.add(edge.latencyMs.p50, rate);
    p95.add(edge.latencyMs.p95, rate);
    p99.add(edge.latencyMs.p99, rate);
  }
  const mtlsRatio = mtlsOf(parts);
  return {
    id,
    source,
    target,
    protocol,
    requestsPerSecond,
    bytesPerSecond,
    errorRatio: errors.value,
    deniedPerSecond,
    denied: deniedPerSecond > 0 && requestsPerSecond === 0,
    mtlsRatio,
    mtls: mtlsRatio === null ? null : mtlsRatio === 1,
    latencyMs: isTimed ? { p50: p50.value, p95: p95.value, p99: p99.value } : null,
    splitShare: null,
    desiredShare: null,
    splitRoot: null,
    allowed,
    policies: [],
    parts: countParts(parts),
  };
}

/** A mean of what is known, weighted. */
class Mean {
  #total = 0;
  #weights = 0;

  add(value: number | null, weight: number): void {
    if (value === null) return;
    this.#total += value * weight;
    this.#weights += weight;
  }

  /** null: nothing was known, or all of it weighs nothing. */
  get value(): number | null {
    return this.#weights > 0 ? this.#total / this.#weights : null;
  }
}

/** An idle connection weighs a little, so that one in plaintext is not lost among busy ones. */
const IDLE_WEIGHT = 0.01;

/** Share of connections by mutual TLS, weighted by what they carry; null: none yet. */
export function mtlsOf(edges: readonly TopologyEdge[]): number | null {
  const mean = new Mean();
  let isWhole = true;
  for (const { mtlsRatio, requestsPerSecond } of edges) {
    if (mtlsRatio !== null && mtlsRatio !== 1) isWhole = false;
    mean.add(mtlsRatio, requestsPerSecond + IDLE_WEIGHT);
  }
  // Exactly all: what a sum of fractions makes of it is not.
  return mean.value === null || !isWhole ? mean.value : 1;
}

/** Errors of all requests together, 0 to 1; null: none were made. */
export function errorRatioOf(edges: readonly TopologyEdge[]): number | null {
  const mean = new Mean();
  for (const { errorRatio, requestsPerSecond } of edges) mean.add(errorRatio, requestsPerSecond);
  return mean.value;
}

/** Calls per second: requests, and connections of TCP. */
export function callsOf(edges: readonly TopologyEdge[]): number {
  return sum(edges, rate);
}

export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

function rate(edge: TopologyEdge): number {
  return edge.requestsPerSecond;
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

/** How many calls a picture is of, whatever is folded into its edges and groups. */
export function callsUnder({ nodes, edges }: Pick<Picture, "nodes" | "edges">): number {
  const inside = sum(nodes, ({ folded }) => folded?.inside.total ?? 0);
  return inside + sum(edges, ({ edge }) => (edge === null ? 0 : (edge.parts?.total ?? 1)));
}
