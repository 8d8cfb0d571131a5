import type { Status } from "@/components/ui/status-mark";
import type { TopologyEdge } from "@/lib/contract/topology";
import type { PictureNode } from "./picture";

/** From these shares of failed calls on. */
const DEGRADED_RATIO = 0.01;
const FAILING_RATIO = 0.1;

/** The worst that is true of an edge. Plaintext has a mark of its own and is no state. */
export function edgeStatus(edge: TopologyEdge): Status {
  if (edge.denied) return "denied";
  if (edge.requestsPerSecond === 0) return "idle";
  return ratioStatus(edge.errorRatio);
}

/** By the calls it received, its pods and its problems. */
export function nodeStatus({ node, pods }: PictureNode): Status {
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
