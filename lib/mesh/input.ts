/** What the translator reads: everything the mesh is made of, already listed. The order of the lists does not matter. */
import type { EndpointSlice, KubeObject, Namespace, Pod, Service, ServiceAccount } from "@/lib/kube/objects";

export interface MeshObjects {
  readonly namespaces: readonly Namespace[];
  readonly services: readonly Service[];
  readonly pods: readonly Pod[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly serviceAccounts: readonly ServiceAccount[];
  /** SMI objects as the API serves them, in any served version. */
  readonly trafficSplits: readonly KubeObject[];
  readonly trafficTargets: readonly KubeObject[];
  readonly httpRouteGroups: readonly KubeObject[];
  readonly tcpRoutes: readonly KubeObject[];
}

export interface MeshOptions {
  /** Value of the monitored-by label that makes a namespace part of this mesh. */
  readonly meshName: string;
  readonly trustDomain: string;
  readonly policyMode: "permissive" | "smi";
}

export const EMPTY_OBJECTS: MeshObjects = {
  namespaces: [],
  services: [],
  pods: [],
  endpointSlices: [],
  serviceAccounts: [],
  trafficSplits: [],
  trafficTargets: [],
  httpRouteGroups: [],
  tcpRoutes: [],
};
