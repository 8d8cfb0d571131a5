import type { Status } from "@/components/ui/status-mark";
import type { PictureCall, PictureNode } from "./picture";

/** From these shares of failed calls on. */
const DEGRADED_RATIO = 0.01;
const FAILING_RATIO = 0.1;

/** The worst that is true of an edge. Plaintext has a mark of its own and is no state. A folded one is never better than its worst part. */
export function edgeStatus(edge: PictureCall): Status {
  if (edge.denied) return "denied";
  const own = edge.requestsPerSecond === 0 ? "idle" : ratioStatus(edge.errorRatio);
  if (edge.parts === undefined || own === "failing") return own;
  if (edge.parts.failing > 0) return "failing";
  // Denied on the whole is only what no call gets through: a part that is refused is a fault of the rest.
  return edge.parts.degraded + edge.parts.denied > 0 ? "degraded" : own;
}

/** By the calls it received, its pods and its problems; of a folded group the worst inside. */
export function nodeStatus({ node, pods, folded }: Pick<PictureNode, "node" | "pods" | "folded">): Status {
  if (folded !== null) return folded.failing > 0 ? "failing" : folded.degraded > 0 ? "degraded" : "healthy";
  const received = ratioStatus(node.errorRatio);
  if (received === "failing" || (pods !== null && pods.total > 0 && pods.ready === 0)) return "failing";
  if (received === "degraded" || node.problems > 0 || (pods !== null && pods.ready < pods.total)) return "degraded";
  return "healthy";
}

function ratioStatus(errorRatio: number | null): Status {
  if (errorRatio === null || errorRatio < DEGRADED_RATIO) return "healthy";
  return errorRatio < FAILING_RATIO ? "degraded" : "failing";
}

/** One or two words for a state. */
export const STATUS_WORD: Readonly<Record<Status, string>> = {
  healthy: "healthy",
  degraded: "degraded",
  failing: "failing",
  denied: "denied",
  idle: "no calls",
  encrypted: "encrypted",
  plaintext: "not encrypted",
};
