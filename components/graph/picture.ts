/**
 * What is drawn of a topology: nodes and edges of one level of detail. At "namespaces" a namespace is one node with its totals until it
 * is opened; at "services" a workload is folded into the one service that is only its own; at "workloads" everything stands for itself.
 */
import type { Topology, TopologyEdge, TopologyNode } from "@/lib/contract/topology";
import type { PartCounts } from "./fold";
import { fillPicture } from "./picture-fill";
import { isSameChoice, isSameStructure } from "./picture-same";
import { type Choice, type Structure, structureOf } from "./picture-structure";

export type Level = "namespaces" | "services" | "workloads";
/** What nodes stand together by: in a region, and folded at the level "namespaces". */
export type Grouping = "namespace" | "owner" | "version" | "none";
export type NodeShape = "namespace" | "service" | "workload" | "tcp" | "external";

export interface PictureNode {
  /** Id of the topology node it stands for (the service's when a workload is folded in); of a folded group `_/bookstore`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly shape: NodeShape;
  /** Of a folded group: its totals. */
  readonly node: TopologyNode;
  /** The workload folded in. */
  readonly workload: TopologyNode | null;
  readonly version: string | null;
  readonly pods: { readonly ready: number; readonly total: number } | null;
  /** The region it stands in; "" for none, and for a group that is folded. */
  readonly group: string;
  /** What is folded into it; null when it stands for itself. */
  readonly folded: FoldedNode | null;
}

export interface FoldedNode {
  /** What it is called in `?open=`. */
  readonly group: string;
  readonly services: number;
  readonly workloads: number;
  /** How many nodes are inside, a service with a workload of its own as one, and how many of them are in each state. */
  readonly total: number;
  readonly failing: number;
  readonly degraded: number;
  /** The edges between its own nodes, and calls per second on them that were answered and that were refused. */
  readonly inside: PartCounts;
  readonly insidePerSecond: number;
  readonly insideDeniedPerSecond: number;
  /** Share of the connections into it that are mutual TLS; null: none yet. */
  readonly mtlsRatio: number | null;
  /** Ids of topology nodes. */
  readonly members: readonly string[];
}

/** Figures of an edge as drawn; a folded one says what its parts are. */
export interface PictureCall extends TopologyEdge {
  readonly parts?: PartCounts;
}

export interface PictureEdge {
  /** The topology edge's; of a folded one `from>to`, with `|tcp` for its connections. */
  readonly id: string;
  /** Ids of picture nodes. */
  readonly from: string;
  readonly to: string;
  /** call: measured or allowed. split: a split's root to its backends. backs: a service to its workloads. */
  readonly kind: "call" | "split" | "backs";
  /** null unless it is a call. */
  readonly edge: PictureCall | null;
  /** Ids of the topology edges it sums: its own, several when folded, none unless it is a call. */
  readonly calls: readonly string[];
}

export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** From any topology node's id to the picture node that shows it. */
  readonly shownAs: ReadonlyMap<string, string>;
}

/** What a search found: ids of picture nodes and of edges. */
export interface FoundInPicture {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export interface PictureOptions {
  readonly level: Level;
  /** Namespaces to show, with the far ends of their edges; null for all. */
  readonly scope: ReadonlySet<string> | null;
  /** Groups that are shown unfolded at "namespaces", and services that are shown apart from their workload. */
  readonly open?: ReadonlySet<string>;
  readonly grouping?: Grouping;
  /** Ids of topology nodes and edges that are left out. */
  readonly without?: FoundInPicture | null;
}

/** Deterministic: nodes and edges sorted by id. */
export function makePicture(topology: Topology, options: PictureOptions): Picture {
  return new PictureMaker().make(topology, options);
}

const EMPTY: ReadonlySet<string> = new Set();

interface Made {
  readonly topology: Topology;
  readonly choice: Choice;
  readonly structure: Structure;
  readonly picture: Picture;
}

/** Makes picture after picture of a topology that is read anew: what depends on structure alone is made once. */
export class PictureMaker {
  #last: Made | null = null;

  make(topology: Topology, options: PictureOptions): Picture {
    const choice: Choice = {
      level: options.level,
      scope: options.scope,
      open: options.open ?? EMPTY,
      grouping: options.grouping ?? "namespace",
      without: options.without ?? null,
    };
    const last = this.#last;
    const kept = last !== null && isSameChoice(last.choice, choice) && isSameStructure(last.topology, topology);
    const structure = kept ? last.structure : structureOf(topology, choice);
    const picture = fillPicture(structure, topology, kept ? last.picture : null);
    this.#last = { topology, choice, structure, picture };
    return picture;
  }
}
