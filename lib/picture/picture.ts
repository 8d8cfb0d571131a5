/** What a drawing needs to know of a picture of the mesh: components/graph makes it of a topology, a canvas or an SVG shows it. */
import type { TopologyEdge, TopologyNode } from "@/lib/contract/topology";

/** How something differs from another moment it is compared with. */
export interface DrawnDiff {
  readonly kind: "new" | "lost" | "changed";
  /** Begins with a sign: `+`, `−` or `Δ`. */
  readonly label: string;
}

export interface DrawnNode {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly shape: "namespace" | "service" | "workload" | "tcp" | "external";
  readonly node: Pick<TopologyNode, "inPerSecond" | "outPerSecond" | "errorRatio" | "problems">;
  /** The workload folded in. */
  readonly workload: Pick<TopologyNode, "outPerSecond"> | null;
  readonly version: string | null;
  readonly pods: { readonly ready: number; readonly total: number } | null;
  /** The region it stands in; "" for none. */
  readonly group: string;
  /** What is folded into it; null when it stands for itself. */
  readonly folded: {
    readonly services: number;
    readonly workloads: number;
    /** Services and workloads, a service with a workload of its own as one; how many of them are failing and degraded. */
    readonly total: number;
    readonly failing: number;
    readonly degraded: number;
    /** Of the edges within it. */
    readonly inside: {
      readonly total: number;
      readonly failing: number;
      readonly degraded: number;
      readonly denied: number;
    };
    readonly insideDeniedPerSecond: number;
  } | null;
  readonly diff?: DrawnDiff;
}

/** Figures of an edge; a folded one counts in which states its parts are. */
export interface DrawnCall extends TopologyEdge {
  readonly parts?: {
    readonly total: number;
    readonly failing: number;
    readonly degraded: number;
    readonly denied: number;
  };
}

export interface DrawnEdge {
  readonly id: string;
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  /** call: measured or allowed. split: a split's root to its backends. backs: a service to its workloads. */
  readonly kind: "call" | "split" | "backs";
  /** null unless it is a call. */
  readonly edge: DrawnCall | null;
  readonly diff?: DrawnDiff;
}

export interface DrawnPicture {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/** Figures of another moment for the same picture, by index of its edges and nodes. NaN: unknown. */
export interface DrawnFigures {
  readonly edges: {
    readonly requestsPerSecond: Float32Array;
    readonly errorRatio: Float32Array;
    readonly deniedPerSecond: Float32Array;
    readonly mtlsRatio: Float32Array;
    readonly p50Ms: Float32Array;
    readonly p95Ms: Float32Array;
    readonly p99Ms: Float32Array;
  };
  readonly nodes: {
    readonly inPerSecond: Float32Array;
    readonly outPerSecond: Float32Array;
    readonly errorRatio: Float32Array;
    readonly deniedPerSecond: Float32Array;
  };
}
