/** The state of an edge and of a node: one set of thresholds for the picture, the table and the sentence. */
import { counted } from "@/lib/format/counted";
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

/** By the calls it received, its pods and its problems; of a folded group by all it received, or by half of what is in it. */
export function nodeStatus({
  node,
  pods,
  folded,
}: Pick<DrawnNode, "pods" | "folded"> & {
  readonly node: Pick<DrawnNode["node"], "errorRatio" | "problems">;
}): NodeStatus {
  const received = ratioHealth(node.errorRatio);
  if (folded !== null) {
    const { failing, degraded, total } = folded;
    if (received === "failing" || isHalf(failing, total)) return "failing";
    return received === "degraded" || isHalf(failing + degraded, total) ? "degraded" : "healthy";
  }
  if (received === "failing" || (pods !== null && pods.total > 0 && pods.ready === 0)) return "failing";
  if (received === "degraded" || node.problems > 0 || (pods !== null && pods.ready < pods.total)) return "degraded";
  return "healthy";
}

function isHalf(count: number, total: number): boolean {
  return count > 0 && 2 * count >= total;
}

export interface InsideStatus {
  readonly status: "failing" | "degraded" | "denied";
  /** `1 of 15 failing`; of calls where every node is well: `2 of 31 calls denied`. */
  readonly text: string;
}

/** The gravest that is true of something in a folded group, however well the group is as a whole; null when no node and no call in it is that bad. */
export function insideStatus({
  total,
  failing,
  degraded,
  inside,
}: NonNullable<DrawnNode["folded"]>): InsideStatus | null {
  const say = (status: InsideStatus["status"], count: number, of: string): InsideStatus => ({
    status,
    text: `${count} of ${of} ${status}`,
  });
  if (failing > 0) return say("failing", failing, String(total));
  const calls = counted(inside.total, "call");
  if (inside.failing > 0) return say("failing", inside.failing, calls);
  if (inside.denied > 0) return say("denied", inside.denied, calls);
  return degraded > 0 ? say("degraded", degraded, String(total)) : null;
}

/** encrypted: every connection was mutual TLS. plaintext: at least one was not. null: nothing to say of it. */
export function lockOf(edge: Pick<DrawnCall, "denied" | "mtlsRatio">): "encrypted" | "plaintext" | null {
  if (edge.mtlsRatio === null || edge.denied) return null;
  return edge.mtlsRatio === 1 ? "encrypted" : "plaintext";
}
