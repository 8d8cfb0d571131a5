/**
 * When something is not well: the one place where that is decided. The graph's colours, the overview's ranking and its words
 * are all by these thresholds (docs/adr/0015-health-score.md).
 */
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import { formatQuantity, millisecondsQuantity, percentQuantity, rateQuantity } from "@/lib/format/number";

/** From these shares of failed calls on. */
export const DEGRADED_RATIO = 0.01;
export const FAILING_RATIO = 0.1;
/** Slow: p99 is at least so many times what it was over the past hour, and so many milliseconds more. */
export const SLOW_FACTOR = 2;
export const SLOW_LEAST_MS = 50;
/** With fewer calls per second a percentile says little. */
const SLOW_LEAST_RATE = 0.2;
/** What a call costs its caller, held against one that failed (1). A refused one is mostly policy at work. */
const SLOW_WEIGHT = 0.5;
const DENIED_WEIGHT = 0.25;

export type Health = "healthy" | "degraded" | "failing";
export type EdgeHealth = Health | "denied";

export function ratioHealth(errorRatio: number | null): Health {
  if (errorRatio === null || errorRatio < DEGRADED_RATIO) return "healthy";
  return errorRatio < FAILING_RATIO ? "degraded" : "failing";
}

/** p99 of the past hour in milliseconds, by edge id. */
export type UsualP99 = ReadonlyMap<string, number>;

export interface RankedEdge {
  readonly edge: TopologyEdge;
  readonly status: EdgeHealth;
  /** Impaired calls per second: failed, slow (half) and refused ones (a quarter). */
  readonly score: number;
  /** In words: `fails 12 % of 24/s`. */
  readonly reasons: readonly string[];
  readonly usualP99Ms: number | null;
}

export interface RankedService {
  readonly node: TopologyNode;
  readonly status: Health;
  readonly score: number;
  readonly reasons: readonly string[];
  /** Of calls that were made to itself, not by way of a split it is the root of. */
  readonly deniedPerSecond: number;
}

/** Edges with calls or refusals, the worst first. */
export function rankEdges(edges: readonly TopologyEdge[], usual: UsualP99): readonly RankedEdge[] {
  return edges
    .filter((edge) => edge.requestsPerSecond > 0 || edge.deniedPerSecond > 0)
    .map((edge) => judgeEdge(edge, usual.get(edge.id) ?? null))
    .sort(
      (a, b) =>
        EDGE_RANK[b.status] - EDGE_RANK[a.status] ||
        b.score - a.score ||
        b.edge.requestsPerSecond - a.edge.requestsPerSecond ||
        (a.edge.id < b.edge.id ? -1 : 1),
    );
}

/** Every service, the worst first. */
export function rankServices(topology: Pick<Topology, "nodes" | "edges">, usual: UsualP99): readonly RankedService[] {
  const byId = new Map(topology.nodes.map((node) => [node.id, node]));
  const callers = new Map<string, TopologyEdge[]>();
  for (const edge of topology.edges) {
    const known = callers.get(edge.target);
    if (known) known.push(edge);
    else callers.set(edge.target, [edge]);
  }
  return topology.nodes
    .filter(({ kind }) => kind === "service")
    .map((node) => {
      const workloads = node.related.flatMap((id) => byId.get(id) ?? []);
      return judgeService(node, { workloads, calls: callers.get(node.id) ?? [], usual });
    })
    .sort(
      (a, b) =>
        RANK[b.status] - RANK[a.status] ||
        b.score - a.score ||
        b.node.inPerSecond - a.node.inPerSecond ||
        (a.node.id < b.node.id ? -1 : 1),
    );
}

const RANK: Readonly<Record<Health, number>> = { healthy: 0, degraded: 1, failing: 2 };
const EDGE_RANK: Readonly<Record<EdgeHealth, number>> = { healthy: 0, degraded: 1, denied: 2, failing: 3 };

function judgeEdge(edge: TopologyEdge, usualP99Ms: number | null): RankedEdge {
  const { requestsPerSecond: rate, errorRatio, deniedPerSecond } = edge;
  const slow = isSlow(edge, usualP99Ms);
  const byErrors = ratioHealth(errorRatio);
  const status = edge.denied ? "denied" : byErrors === "healthy" && slow ? "degraded" : byErrors;
  const reasons = [
    ...(byErrors === "healthy" ? [] : [failsText(errorRatio, rate)]),
    ...(deniedPerSecond > 0 ? [`${formatQuantity(rateQuantity(deniedPerSecond))} refused`] : []),
    ...(slow ? [slowText(edge.latencyMs?.p99 ?? null, usualP99Ms)] : []),
  ];
  const score = rate * (errorRatio ?? 0) + (slow ? SLOW_WEIGHT * rate : 0) + DENIED_WEIGHT * deniedPerSecond;
  return { edge, status, score, reasons, usualP99Ms };
}

interface ServiceParts {
  readonly workloads: readonly TopologyNode[];
  readonly calls: readonly TopologyEdge[];
  readonly usual: UsualP99;
}

function judgeService(node: TopologyNode, { workloads, calls, usual }: ServiceParts): RankedService {
  const byErrors = ratioHealth(node.errorRatio);
  const pods = podsOf(workloads);
  const ranked = rankEdges(calls, usual);
  const slowest = ranked.find(({ edge, usualP99Ms }) => isSlow(edge, usualP99Ms));
  const down = pods !== null && pods.total > 0 && pods.ready === 0;
  const reasons = [
    ...(byErrors === "healthy" ? [] : [failsText(node.errorRatio, node.inPerSecond)]),
    ...(pods === null || pods.ready >= pods.total ? [] : [podsText(pods)]),
    ...(slowest ? [slowText(slowest.edge.latencyMs?.p99 ?? null, slowest.usualP99Ms)] : []),
    ...(node.problems > 0 ? [node.problems === 1 ? "has a problem" : `has ${node.problems} problems`] : []),
  ];
  return {
    node,
    status: byErrors === "failing" || down ? "failing" : reasons.length > 0 ? "degraded" : "healthy",
    score: ranked.reduce((sum, { score }) => sum + score, 0),
    reasons,
    deniedPerSecond: calls.reduce((sum, { deniedPerSecond }) => sum + deniedPerSecond, 0),
  };
}

function isSlow({ latencyMs, requestsPerSecond }: TopologyEdge, usualP99Ms: number | null): boolean {
  const p99 = latencyMs?.p99 ?? null;
  if (p99 === null || usualP99Ms === null || requestsPerSecond < SLOW_LEAST_RATE) return false;
  return p99 >= SLOW_FACTOR * usualP99Ms && p99 - usualP99Ms >= SLOW_LEAST_MS;
}

function podsOf(workloads: readonly TopologyNode[]): { readonly ready: number; readonly total: number } | null {
  const known = workloads.flatMap(({ pods }) => pods ?? []);
  if (known.length === 0) return null;
  return {
    ready: known.reduce((sum, { ready }) => sum + ready, 0),
    total: known.reduce((sum, { total }) => sum + total, 0),
  };
}

function failsText(errorRatio: number | null, rate: number): string {
  return `fails ${formatQuantity(percentQuantity(errorRatio))} of ${formatQuantity(rateQuantity(rate))}`;
}

function slowText(p99Ms: number | null, usualP99Ms: number | null): string {
  const text = (ms: number | null) => formatQuantity(millisecondsQuantity(ms));
  return `p99 ${text(p99Ms)}, over the past hour ${text(usualP99Ms)}`;
}

function podsText({ ready, total }: { readonly ready: number; readonly total: number }): string {
  if (ready === 0) return total === 1 ? "its pod is not ready" : `none of its ${total} pods is ready`;
  return `${ready} of its ${total} pods ready`;
}
