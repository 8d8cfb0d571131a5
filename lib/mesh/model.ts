/**
 * The MeshModel: what the translator makes of a set of Kubernetes objects, in the mesh's own words. It is plain, sorted,
 * serialisable data. The controller builds xDS from it; the dashboard draws and explains from it (docs/adr/0002).
 * Strings of the form `namespace/name` are keys (lib/kube/refs.ts).
 */
import type { Problem } from "./problems";

export type AppProtocol = "http" | "grpc" | "tcp" | "tcp-server-first";
export type PolicyMode = "permissive" | "smi";

export interface MeshModel {
  readonly trustDomain: string;
  readonly policyMode: PolicyMode;
  /** By service key. Services of meshed namespaces that have a selector, and roots of splits, which may do without. */
  readonly services: Readonly<Record<string, MeshService>>;
  /** By identity key (`namespace/serviceaccount`). Every ServiceAccount of a meshed namespace. */
  readonly identities: Readonly<Record<string, MeshIdentity>>;
  /** By pod key (`namespace/pod`). Pods with a sidecar that have an address and have not ended. */
  readonly workloads: Readonly<Record<string, MeshPod>>;
  /** Splits in force, by root service key. */
  readonly splits: Readonly<Record<string, MeshSplit>>;
  /** Grants in force (SMI mode), sorted by name. Empty in permissive mode. */
  readonly grants: readonly Grant[];
  readonly problems: readonly Problem[];
}

export interface MeshService {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  /** `name.namespace.svc.cluster.local`. */
  readonly fqdn: string;
  readonly clusterIP: string | null;
  readonly ports: readonly MeshPort[];
  /** Identity keys of the pods that back it, sorted. */
  readonly identities: readonly string[];
  /** Owners of the pods that back it, for example `bookstore/deployment/bookstore-v1` (node ids), sorted. */
  readonly workloads: readonly string[];
}

export interface MeshPort {
  readonly port: number;
  readonly name: string;
  readonly protocol: AppProtocol;
  /** Where calls go. Only ready endpoints; an empty list answers 503. Sorted by address then port. */
  readonly endpoints: readonly MeshEndpoint[];
}

export interface MeshEndpoint {
  readonly address: string;
  /** The resolved targetPort. */
  readonly port: number;
  /** Pod key. */
  readonly pod: string;
  /** Identity key of the pod. */
  readonly identity: string;
}

export interface MeshIdentity {
  readonly key: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** `spiffe://<trustDomain>/<sa>/<ns>` as in OSM. */
  readonly spiffeId: string;
  /** `<sa>.<ns>.<trustDomain>`. */
  readonly dnsName: string;
}

export interface MeshPod {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The osm-proxy-uuid label: its Envoy's node id. */
  readonly proxyId: string;
  /** Identity key. */
  readonly identity: string;
  /** Node id of the owner, for example `bookstore/deployment/bookstore-v1`; the pod itself when nothing owns it. */
  readonly workload: string;
  readonly address: string;
  /** The address that stands for this pod's own 127.0.0.1. */
  readonly loopback: string;
  readonly ready: boolean;
  /** Ports this pod serves, one row per (service, port), sorted. */
  readonly inbound: readonly InboundPort[];
}

export interface InboundPort {
  /** Service key. */
  readonly service: string;
  readonly servicePort: number;
  readonly targetPort: number;
  readonly protocol: AppProtocol;
}

export interface MeshSplit {
  /** `namespace/name` of the TrafficSplit. */
  readonly name: string;
  /** Root service key. */
  readonly root: string;
  readonly backends: readonly MeshSplitBackend[];
  /** When not empty only requests that match any of these are split; the rest go to the root service. */
  readonly matches: readonly GrantRoute[];
}

export interface MeshSplitBackend {
  /** Service key. */
  readonly service: string;
  /** A whole number of 0 or more. All weights of a split add up to less than 2^32, as Envoy wants it. */
  readonly weight: number;
  /** A backend whose Service is missing keeps its share and answers 503; one without the root's port gets no share there. */
  readonly state: "ok" | "missing";
}

/** One rule of one TrafficTarget, resolved: who may call which identity by which route. */
export interface Grant {
  /** `namespace/target` of the TrafficTarget. */
  readonly target: string;
  /** Stable and unique: `namespace/target/route kind/group/match`; the RBAC policy name in Envoy. */
  readonly policy: string;
  /** Identity keys, sorted. */
  readonly sources: readonly string[];
  /** Identity key. */
  readonly destination: string;
  /** Destination (target) ports; empty: every port. From TCPRoute rules and v1alpha1/2's destination.port. */
  readonly ports: readonly number[];
  /** null: TCP, every request on those ports, only when the target has no HTTP rule. */
  readonly route: GrantRoute | null;
}

export interface GrantRoute {
  /** `namespace/group` of the HTTPRouteGroup. */
  readonly group: string;
  /** Name of the match. */
  readonly match: string;
  /** RE2 of the whole path; `.*` for any. */
  readonly pathRegex: string;
  /** Sorted; empty: any. */
  readonly methods: readonly string[];
  /** By header name in lower case, sorted: RE2 of the whole value. `host` stands for the authority. */
  readonly headers: Readonly<Record<string, string>>;
}
