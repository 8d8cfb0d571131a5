/** The mesh as one: what all its calls come to. */
import type { TopologyEdge } from "@/lib/contract/topology";
import type { MeshSamples } from "@/lib/metrics/mesh-queries";
import { BUCKET_LABEL, CLUSTER_LABEL, parseClusterName, SOURCE_NAMESPACE } from "@/lib/metrics/names";
import { quantile, upperBound } from "@/lib/metrics/quantile";

export interface OverallCalls {
  readonly requestsPerSecond: number;
  /** 0 to 1; null without calls. */
  readonly successRatio: number | null;
  readonly deniedPerSecond: number;
  /** Share of the calls that were encrypted, 0 to 1; null when none could be told. */
  readonly encryptedShare: number | null;
  /** Edges of which some calls were not encrypted. */
  readonly plaintextEdges: number;
}

export function overallCalls(edges: readonly TopologyEdge[]): OverallCalls {
  let requests = 0;
  let errors = 0;
  let denied = 0;
  let told = 0;
  let encrypted = 0;
  for (const { requestsPerSecond, errorRatio, deniedPerSecond, mtlsRatio } of edges) {
    requests += requestsPerSecond;
    errors += requestsPerSecond * (errorRatio ?? 0);
    denied += deniedPerSecond;
    if (mtlsRatio === null) continue;
    told += requestsPerSecond;
    encrypted += requestsPerSecond * mtlsRatio;
  }
  return {
    requestsPerSecond: requests,
    successRatio: requests > 0 ? 1 - errors / requests : null,
    deniedPerSecond: denied,
    encryptedShare: told > 0 ? encrypted / told : null,
    plaintextEdges: edges.filter(({ mtlsRatio }) => mtlsRatio !== null && mtlsRatio < 1).length,
  };
}

/** p99 over all calls in milliseconds, or over those from or to some namespaces; null without samples. */
export function overallP99(latency: MeshSamples["latency"], scope: ReadonlySet<string> | null): number | null {
  const counts = new Map<number, number>();
  const inScope = new Map<string, boolean>();
  for (const { labels, value } of latency) {
    const bound = upperBound(labels[BUCKET_LABEL] ?? "");
    if (value === null || bound === null) continue;
    const place = `${labels[SOURCE_NAMESPACE]}\n${labels[CLUSTER_LABEL]}`;
    const counted = inScope.get(place) ?? concerns(labels, scope);
    inScope.set(place, counted);
    if (counted) counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  return quantile(
    0.99,
    [...counts].map(([bound, count]) => ({ upperBound: bound, count })),
  );
}

function concerns(labels: Readonly<Record<string, string>>, scope: ReadonlySet<string> | null): boolean {
  const called = parseClusterName(labels[CLUSTER_LABEL] ?? "");
  if (called === null) return false;
  return scope === null || scope.has(called.namespace) || scope.has(labels[SOURCE_NAMESPACE] ?? "");
}
