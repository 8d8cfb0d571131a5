/** What a screen reader hears at each step along the graph. */

import { STATUS_WORD } from "@/components/ui/status-word";
import { counted } from "@/lib/format/counted";
import { formatNumber, formatQuantity, percentQuantity } from "@/lib/format/number";
import { insideStatus, nodeStatus } from "@/lib/picture/status";
import type { FoldedNode, Picture, PictureCall, PictureEdge, PictureNode } from "./picture";
import { edgesOf } from "./walk";

/** "bookbuyer calls bookstore-v1, 24 requests a second, all encrypted, none failing". */
export function speakEdge(from: string, to: string, { kind, edge }: Pick<PictureEdge, "kind" | "edge">): string {
  if (edge === null) return kind === "split" ? `${from} is split over ${to}` : `${from} is backed by ${to}`;
  const over = edge.parts === undefined ? "" : `over ${counted(edge.parts.total, "edge")}`;
  const refused = `${formatNumber(edge.deniedPerSecond)} a second`;
  if (edge.denied) return listed([`${from} is denied calls to ${to}`, refused, over]);
  if (edge.requestsPerSecond === 0) return listed([`${from} may call ${to}`, "no calls", over]);
  const what = edge.protocol === "tcp" ? "connections" : "requests";
  return listed([
    `${from} calls ${to}`,
    `${formatNumber(edge.requestsPerSecond)} ${what} a second`,
    over,
    encrypted(edge),
    failing(edge),
    edge.deniedPerSecond > 0 ? `${refused} denied` : "",
  ]);
}

function listed(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

function encrypted({ mtlsRatio }: PictureCall): string {
  if (mtlsRatio === null) return "";
  if (mtlsRatio === 1) return "all encrypted";
  return mtlsRatio === 0 ? "not encrypted" : `${formatQuantity(percentQuantity(mtlsRatio))} encrypted`;
}

function failing({ errorRatio }: PictureCall): string {
  if (errorRatio === null) return "";
  return errorRatio === 0 ? "none failing" : `${formatQuantity(percentQuantity(errorRatio))} failing`;
}

/** A node with its namespace, state and how many call it and it calls; of a folded group what is inside. */
export function speakNode(picture: Picture, node: PictureNode): string {
  const callers = edgesOf(picture, node.id, "left").filter((each) => each.kind === "call").length;
  const callees = edgesOf(picture, node.id, "right").filter((each) => each.kind === "call").length;
  return listed([
    ...(node.folded === null ? [`${node.name} in ${node.namespace}`] : speakFolded(node.name, node.folded)),
    STATUS_WORD[nodeStatus(node)],
    counted(callers, "caller"),
    counted(callees, "callee"),
    node.folded === null ? "" : "Enter opens it",
  ]);
}

function speakFolded(name: string, folded: FoldedNode): readonly string[] {
  const { services, workloads, degraded, inside } = folded;
  const gravest = insideStatus(folded);
  return [
    `${name}, folded, ${counted(services, "service")} and ${counted(workloads, "workload")}`,
    gravest?.text ?? "",
    degraded > 0 && gravest?.status !== "degraded" ? `${degraded} degraded` : "",
    inside.denied > 0 && gravest?.status !== "denied" ? `${counted(inside.denied, "edge")} denied inside` : "",
  ];
}
