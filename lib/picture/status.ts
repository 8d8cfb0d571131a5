/** The state of an edge and of a node: one set of thresholds for the picture, the table and the sentence. */
import { ratioHealth } from "@/lib/topology/health";
import type { DrawnCall, DrawnNode } from "./picture";

export type EdgeStatus = "healthy" | "degraded" | "failing" | "denied" | "idle";
export type NodeStatus = "healthy" | "degraded" | "failing";

/** The worst that is true of an edge. Plaintext has a mark of its own and is no state. A folded one is never better than its worst part. */
export function edgeStatus(edge: Pick<DrawnCall, "denied" | "requestsPerSecond" | "errorRatio" | "parts">): EdgeStatus {
  if (edge.denied) return "denied";
  const own = edge.requestsPerSecond === 0 ? "idle" : ratioHealth(edge.errorRatio);
  if (edge.parts === undefined || own === "failing") return own;
  if (edge.parts.failing > 0) return "failing";
  // Denied on the whole is only what no call gets through: a part that is refused is a fault of the rest.
  return edge.parts.degraded + edge.parts.denied > 0 ? "degraded" : own;
}

/** By the calls it received, its pods and its problems; of a folded group the worst inside. */
export function nodeStatus({
  node,
  pods,
  folded,
}: Pick<DrawnNode, "pods" | "folded"> & {
  readonly node: Pick<DrawnNode["node"], "errorRatio" | "problems">;
}): NodeStatus {
  if (folded !== null) {
    if (folded.failing + folded.inside.failing > 0) return "failing";
    return folded.degraded + folded.inside.degraded + folded.inside.denied > 0 ? "degraded" : "healthy";
  }
  const received = ratioHealth(node.errorRatio);
  if (received === "failing" || (pods !== null && pods.total > 0 && pods.ready === 0)) return "failing";
  if (received === "degraded" || node.problems > 0 || (pods !== null && pods.ready < pods.total)) return "degraded";
  return "healthy";
}

/** encrypted: every connection was mutual TLS. plaintext: at least one was not. null: nothing to say of it. */
export function lockOf(edge: Pick<DrawnCall, "denied" | "mtlsRatio">): "encrypted" | "plaintext" | null {
  if (edge.mtlsRatio === null || edge.denied) return null;
  return edge.mtlsRatio === 1 ? "encrypted" : "plaintext";
}
