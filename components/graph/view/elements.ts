import type { ElementDefinition } from "cytoscape";
import { bends } from "@/lib/picture/layout/bends";
import type { Places } from "@/lib/picture/layout/flow";
import type { Picture, PictureEdge, PictureNode } from "../picture";
import { edgeStatus, nodeStatus } from "../status";
import { NODE_SIZE } from "./cytoscape-style";

const WIDEST = 4.5;

/** What changes with every refresh: ink, never places. */
export interface Drawn {
  readonly id: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly classes: string;
}

export function drawnNode(item: PictureNode, busiest: number): Drawn {
  const share = logShare(item.node.inPerSecond + item.node.outPerSecond, busiest);
  return {
    id: item.id,
    data: { size: Math.round(NODE_SIZE.least + share * (NODE_SIZE.most - NODE_SIZE.least)) },
    classes: `${item.shape} ${nodeStatus(item)}`,
  };
}

export function drawnEdge(item: PictureEdge, busiest: number, bend: number): Drawn {
  const width = item.edge === null ? 1 : 1.25 + logShare(item.edge.requestsPerSecond, busiest) * (WIDEST - 1.25);
  return {
    id: item.id,
    data: { width: Math.round(width * 4) / 4, bend },
    classes: item.edge === null ? item.kind : edgeStatus(item.edge),
  };
}

/** Where a rate stands between nothing and the busiest, by logarithm: 0 to 1. */
function logShare(value: number, busiest: number): number {
  return busiest <= 0 ? 0 : Math.log1p(Math.max(0, value)) / Math.log1p(busiest);
}

/** Everything of a picture with its ink of now. */
export function drawnPicture(
  picture: Picture,
  places: Places,
): { readonly nodes: readonly Drawn[]; readonly edges: readonly Drawn[] } {
  const busiestNode = Math.max(0, ...picture.nodes.map(({ node }) => node.inPerSecond + node.outPerSecond));
  const busiestEdge = Math.max(0, ...picture.edges.map(({ edge }) => edge?.requestsPerSecond ?? 0));
  const bent = bends(picture.edges, places);
  return {
    nodes: picture.nodes.map((node) => drawnNode(node, busiestNode)),
    edges: picture.edges.map((edge) => drawnEdge(edge, busiestEdge, bent.get(edge.id) ?? 0)),
  };
}

export function nodeElement(drawn: Drawn, position: { x: number; y: number }): ElementDefinition {
  return { group: "nodes", data: { id: drawn.id, ...drawn.data }, classes: drawn.classes, position: { ...position } };
}

export function edgeElement(drawn: Drawn, ends: { readonly from: string; readonly to: string }): ElementDefinition {
  return {
    group: "edges",
    data: { id: drawn.id, source: ends.from, target: ends.to, ...drawn.data },
    classes: drawn.classes,
  };
}
