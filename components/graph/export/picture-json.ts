/** The graph as shown, for other programs: nodes with their places, edges with their figures. */
import type { Places } from "@/lib/picture/layout/flow";
import type { Caption } from "@/lib/picture/legend";
import { edgeStatus, nodeStatus } from "@/lib/picture/status";
import type { Picture, PictureCall, PictureEdge, PictureNode } from "../picture";

/** Times are ISO 8601, places model pixels (null where there is none yet), ratios 0 to 1 and null where unknown. */
export function pictureJson(picture: Picture, places: Places, { title, at, windowSeconds }: Caption) {
  return {
    title,
    at: new Date(at).toISOString(),
    windowSeconds,
    nodes: picture.nodes.map((item) => ({ ...nodeJson(item), place: places.get(item.id) ?? null })),
    edges: picture.edges.flatMap((item) => (item.edge === null ? [] : [edgeJson(item, item.edge)])),
  };
}

function nodeJson(item: PictureNode) {
  const { id, namespace, name, version, pods, node, workload, folded } = item;
  return {
    id,
    kind: node.kind,
    namespace,
    name,
    version,
    status: nodeStatus(item),
    pods,
    inPerSecond: node.inPerSecond,
    outPerSecond: node.outPerSecond + (workload?.outPerSecond ?? 0),
    errorRatio: node.errorRatio,
    /** Ids of the topology's nodes it stands for. */
    members: folded?.members ?? (workload ? [id, workload.id] : [id]),
  };
}

function edgeJson({ id, from, to, calls }: PictureEdge, edge: PictureCall) {
  return {
    id,
    source: from,
    target: to,
    protocol: edge.protocol,
    status: edgeStatus(edge),
    requestsPerSecond: edge.requestsPerSecond,
    bytesPerSecond: edge.bytesPerSecond,
    errorRatio: edge.errorRatio,
    deniedPerSecond: edge.deniedPerSecond,
    mtlsRatio: edge.mtlsRatio,
    latencyMs: edge.latencyMs,
    splitShare: edge.splitShare,
    /** Ids of the topology's edges it sums. */
    calls,
  };
}
