/** What a screen reader hears at each step along the graph. */
import type { TopologyEdge } from "@/lib/contract/topology";
import { formatNumber, formatQuantity, percentQuantity } from "@/lib/format/number";
import type { Picture, PictureEdge, PictureNode } from "./picture";
import { nodeStatus, STATUS_WORD } from "./status";
import { edgesOf } from "./walk";

/** "bookbuyer calls bookstore-v1, 24 requests a second, all encrypted, none failing". */
export function speakEdge(from: string, to: string, { kind, edge }: PictureEdge): string {
  if (edge === null) return kind === "split" ? `${from} is split over ${to}` : `${from} is backed by ${to}`;
  if (edge.denied) return `${from} is denied calls to ${to}, ${formatNumber(edge.deniedPerSecond)} a second`;
  if (edge.requestsPerSecond === 0) return `${from} may call ${to}, no calls`;
  const what = edge.protocol === "tcp" ? "connections" : "requests";
  return [
    `${from} calls ${to}`,
    `${formatNumber(edge.requestsPerSecond)} ${what} a second`,
    encrypted(edge),
    failing(edge),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function encrypted({ mtlsRatio }: TopologyEdge): string {
  if (mtlsRatio === null) return "";
  if (mtlsRatio === 1) return "all encrypted";
  return mtlsRatio === 0 ? "not encrypted" : `${formatQuantity(percentQuantity(mtlsRatio))} encrypted`;
}

function failing({ errorRatio }: TopologyEdge): string {
  if (errorRatio === null) return "";
  return errorRatio === 0 ? "none failing" : `${formatQuantity(percentQuantity(errorRatio))} failing`;
}

/** A node with its namespace, state and how many call it and it calls. */
export function speakNode(picture: Picture, node: PictureNode): string {
  const callers = edgesOf(picture, node.id, "left").filter((each) => each.kind === "call").length;
  const callees = edgesOf(picture, node.id, "right").filter((each) => each.kind === "call").length;
  return `${node.name} in ${node.namespace}, ${STATUS_WORD[nodeStatus(node)]}, ${callers} ${callers === 1 ? "caller" : "callers"}, ${callees} ${callees === 1 ? "callee" : "callees"}`;
}
