/** A draft laid over the objects of a mesh, as if the API server had taken it. */
import type { KubeObject } from "@/lib/kube/objects";
import type { ObjectRef } from "@/lib/kube/refs";
import type { MeshObjects } from "./input";
import { type Json, record, text } from "./shape";

export type Change = { readonly put: KubeObject } | { readonly remove: ObjectRef };

/** Where the objects of a kind stand. */
export const LIST_OF_KIND: Readonly<Record<string, keyof MeshObjects>> = {
  Namespace: "namespaces",
  Service: "services",
  Pod: "pods",
  EndpointSlice: "endpointSlices",
  ServiceAccount: "serviceAccounts",
  TrafficSplit: "trafficSplits",
  TrafficTarget: "trafficTargets",
  HTTPRouteGroup: "httpRouteGroups",
  TCPRoute: "tcpRoutes",
};

/** The objects with the change made. Kinds the mesh is not made of change nothing, and the same objects come back. */
export function overlay(objects: MeshObjects, change: Change): MeshObjects {
  const kind = "put" in change ? change.put.kind : change.remove.kind;
  const list = Object.hasOwn(LIST_OF_KIND, kind) ? LIST_OF_KIND[kind] : undefined;
  if (list === undefined) return objects;
  const ref = "put" in change ? refOf(change.put) : refOf({ metadata: change.remove });
  const old = objects[list].find((object) => refOf(object) === ref);
  const rest = objects[list].filter((object) => object !== old);
  return { ...objects, [list]: "put" in change ? [...rest, dated(change.put, old)] : rest };
}

/** A draft does not carry what the API server gave the object it replaces, and a split's age decides conflicts. */
function dated(put: KubeObject, old: KubeObject | undefined): KubeObject {
  if (old === undefined) return put;
  const { uid, creationTimestamp } = old.metadata;
  return {
    ...put,
    metadata: {
      ...put.metadata,
      ...(uid === undefined ? {} : { uid }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    },
  };
}

function refOf(object: Json | KubeObject): string {
  const metadata = record(record(object).metadata);
  return `${text(metadata.namespace) ?? ""}/${text(metadata.name) ?? ""}`;
}
