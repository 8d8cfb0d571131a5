/** What the runner, the controllers and the manifests need of the embedded Kubernetes API, in the same process. */
import type { KubeObject } from "@/lib/kube/objects";

export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

export interface ObjectName {
  readonly namespace?: string | undefined;
  readonly name: string;
}

export type ClusterEvent = { readonly type: "ADDED" | "MODIFIED" | "DELETED"; readonly object: KubeObject };

/** Failures are AppErrors: not_found, conflict, unprocessable, upstream_unavailable (an admission webhook is away). */
export interface ClusterStore {
  list(resource: ResourceType, namespace?: string): Promise<readonly KubeObject[]>;
  get(resource: ResourceType, name: ObjectName): Promise<KubeObject>;
  create(resource: ResourceType, object: object): Promise<KubeObject>;
  /** A merge patch (RFC 7396). */
  merge(resource: ResourceType, name: ObjectName, patch: object, subresource?: "status"): Promise<KubeObject>;
  delete(resource: ResourceType, name: ObjectName, options?: DeleteOptions): Promise<void>;
  /** The resource of a kind as it is served; null when the API has no such kind. */
  resourceOf(apiVersion: string, kind: string): (ResourceType & { readonly namespaced: boolean }) | null;
  /** Tells what is there (as ADDED) and then every change, in order. Returns how to stop. */
  watch(resource: ResourceType, onEvent: (event: ClusterEvent) => void): Promise<() => void>;
}

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  /** Only this incarnation of the object. */
  readonly uid?: string | undefined;
}

const core = (plural: string): ResourceType => ({ group: "", version: "v1", plural });

export const PODS = core("pods");
export const SERVICES = core("services");
export const SECRETS = core("secrets");
export const CONFIG_MAPS = core("configmaps");
export const EVENTS = core("events");
export const NODES = core("nodes");
export const ENDPOINTS = core("endpoints");
export const DEPLOYMENTS: ResourceType = { group: "apps", version: "v1", plural: "deployments" };
export const ENDPOINT_SLICES: ResourceType = { group: "discovery.k8s.io", version: "v1", plural: "endpointslices" };
