/**
 * How a mesh counts its calls. Meshes differ in metrics and labels; the answers to every dialect's queries are relabelled
 * to Meshdeck's own labels (names.ts), so that whatever reads them need not know which mesh they come from.
 */
import type { ObjectRef } from "@/lib/kube/refs";
import type { ChartSubject } from "../chart-queries";
import type { MeshQueryName } from "../mesh-queries";
import type { Labels, StoreQuery, UnionQuery } from "../query";

export type TelemetryName = "meshdeck" | "osm" | "linkerd" | "istio";

/** What a row answers: one of the mesh's queries, or a chart's. */
export type RowOf = MeshQueryName | "chart";

/** What labels leave out and Kubernetes knows. */
export interface Directory {
  /** Every workload that has pods, kind in lower case. */
  workloads(): readonly ObjectRef[];
  /** Key of the service a workload (node id) is called by: of several the one with the fewest workloads; null for none. */
  serviceOf(workload: string): string | null;
  /** Node ids of the workloads behind a service. */
  workloadsOf(serviceKey: string): readonly string[];
}

export interface Telemetry {
  readonly name: TelemetryName;
  /** Whose policy lets calls through: SMI's is known by the model; that of another mesh is not. */
  readonly policy: "smi" | "foreign";
  /** What the whole graph costs: at most six queries. One that a mesh cannot answer is left out. */
  meshQueries(windowSeconds: number): Readonly<Partial<Record<MeshQueryName, StoreQuery>>>;
  /** The parts (ChartPart) of a subject's charts as one query. `windowSeconds`: what rates are taken over. */
  chartQuery(subject: ChartSubject, windowSeconds: number, directory: Directory): UnionQuery;
  /** Rows of an answer, samples or series alike, in Meshdeck's labels. Rows about no call between workloads are left out. */
  relabel<Row extends { readonly labels: Labels }>(
    of: RowOf,
    rows: readonly Row[],
    directory: Directory,
  ): readonly Row[];
}
