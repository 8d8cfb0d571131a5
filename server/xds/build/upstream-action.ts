/** Where a caller's request for one port of a service goes: to the service, or over the backends of its split. */
import { create } from "@bufbuild/protobuf";
import type { GrantRoute, MeshModel, MeshService, MeshSplit } from "@/lib/mesh/model";
import { splitShares } from "@/lib/mesh/split-shares";
import { wholeWeights } from "@/lib/mesh/weights";
import {
  type DirectResponseAction,
  DirectResponseActionSchema,
  type RouteAction,
  WeightedClusterSchema,
} from "@/server/xds/gen/envoy/config/route/v3/route_components_pb";
import { upstreamCluster } from "@/server/xds/names";

export interface SplitPlan {
  /** `namespace/name` of the TrafficSplit. */
  readonly name: string;
  readonly weights: readonly { readonly cluster: string; readonly weight: number }[];
  readonly matches: readonly GrantRoute[];
}

/** The split of a root's port, as clusters and whole weights. A missing backend keeps its share: its cluster is not there, so Envoy answers 503. */
export function splitPlan(model: MeshModel, split: MeshSplit, port: number): SplitPlan {
  const shares = splitShares(model, split, port).filter(({ weight }) => weight > 0);
  const weights = wholeWeights(shares.map(({ weight }) => weight));
  return {
    name: split.name,
    weights: shares.map(({ service }, i) => ({ cluster: upstreamCluster(service, port), weight: weights[i] ?? 0 })),
    matches: split.matches,
  };
}

export type Outcome =
  | { readonly case: "route"; readonly clusters: RouteAction["clusterSpecifier"] }
  | { readonly case: "directResponse"; readonly value: DirectResponseAction };

export function toService(service: MeshService, port: number): Outcome {
  return { case: "route", clusters: { case: "cluster", value: upstreamCluster(service.key, port) } };
}

/** Envoy refuses weights that sum to 0: a split that sends nothing anywhere is answered where it stands. */
export function toSplit(plan: SplitPlan): Outcome {
  if (plan.weights.length === 0) {
    return answer(503, `meshdeck: TrafficSplit ${plan.name} gives no backend of this port a weight above 0.\n`);
  }
  const value = create(WeightedClusterSchema, {
    clusters: plan.weights.map(({ cluster, weight }) => ({ name: cluster, weight })),
  });
  return { case: "route", clusters: { case: "weightedClusters", value } };
}

export function answer(status: number, body: string): Extract<Outcome, { case: "directResponse" }> {
  const value = create(DirectResponseActionSchema, {
    status,
    body: { specifier: { case: "inlineString", value: body } },
  });
  return { case: "directResponse", value };
}
