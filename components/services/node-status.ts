import type { Status } from "@/components/ui/status-mark";
import type { ServiceDetail } from "@/lib/contract/services";
import { ratioHealth } from "@/lib/topology/health";

export interface NodeFlow extends Pick<ServiceDetail, "node" | "callers"> {
  /** What its workloads call, altogether. */
  readonly outPerSecond: number;
}

/** How it is as its callers see it; refusals count before failures, as they are somebody's decision. */
export function nodeStatus({ node, callers, outPerSecond }: NodeFlow): Status {
  const health = ratioHealth(errorRatio({ node, callers }));
  if (health === "failing") return "failing";
  if (health === "degraded" || node.problems > 0) return "degraded";
  if (callers.some(({ deniedPerSecond }) => deniedPerSecond > 0)) return "denied";
  const received = node.inPerSecond + callers.reduce((sum, edge) => sum + edge.requestsPerSecond, 0);
  return received + outPerSecond === 0 ? "idle" : "healthy";
}

/** Failed calls of all its callers together: those of a split's root were counted for its backends. null without calls. */
export function errorRatio({ node, callers }: Pick<ServiceDetail, "node" | "callers">): number | null {
  if (node.errorRatio !== null) return node.errorRatio;
  const calls = callers.reduce((sum, edge) => sum + edge.requestsPerSecond, 0);
  const failed = callers.reduce((sum, edge) => sum + edge.requestsPerSecond * (edge.errorRatio ?? 0), 0);
  return calls > 0 ? failed / calls : null;
}
