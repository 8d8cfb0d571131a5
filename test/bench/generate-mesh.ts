/** A mesh of any size, the same every time: what benches translate, build and draw. */
import { MONITORED_BY_LABEL, PROXY_UUID_LABEL } from "@/lib/kube/names";
import type { EndpointSlice, KubeObject, Namespace, Pod, Service, ServiceAccount } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";

export interface MeshSize {
  readonly services: number;
  readonly podsPerService: number;
  /** Services in one namespace. Default 20. */
  readonly servicesPerNamespace?: number;
  /** How many others each service may call. Default 3; each is a source in one TrafficTarget of the called service. */
  readonly callsPerService?: number;
  /** TrafficSplits, each with a root of its own and two of the services behind it. Default: one for 50 services. */
  readonly splits?: number;
}

const CREATED = "2024-05-01T10:00:00Z";
const PORT = 8080;

/** Service `i` is `ns-N/svc-i` with ServiceAccount `svc-i`; it calls the services that follow it. Objects are frozen. */
export function generateMesh(size: MeshSize): MeshObjects {
  const { services, podsPerService, servicesPerNamespace = 20, callsPerService = 3 } = size;
  const splits = Math.min(size.splits ?? Math.ceil(services / 50), Math.floor(services / 2));
  const at = (index: number): Place => {
    const wrapped = ((index % services) + services) % services;
    return { index: wrapped, name: `svc-${wrapped}`, namespace: `ns-${Math.floor(wrapped / servicesPerNamespace)}` };
  };
  const places = Array.from({ length: services }, (_, index) => at(index));
  const callers = Math.min(callsPerService, services - 1);
  return {
    namespaces: [...new Set(places.map(({ namespace }) => namespace))].map(namespaceObject),
    services: [...places.map(serviceObject), ...range(splits).map((index) => rootObject(at(index * 2)))],
    pods: places.flatMap((place) => range(podsPerService).map((replica) => podObject(place, replica, podsPerService))),
    endpointSlices: places.map((place) => sliceObject(place, podsPerService)),
    serviceAccounts: places.map(accountObject),
    trafficSplits: range(splits).map((index) => splitObject(at(index * 2), at(index * 2 + 1))),
    trafficTargets: places.map((place) =>
      targetObject(
        place,
        range(callers).map((step) => at(place.index - step - 1)),
      ),
    ),
    httpRouteGroups: places.map(groupObject),
    tcpRoutes: [],
  };
}

interface Place {
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Unique for 16 million pods. */
function addressOf(place: Place, replica: number, podsPerService: number): string {
  const number = place.index * podsPerService + replica + 1;
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

function podName(place: Place, replica: number): string {
  return `${place.name}-6d9c-${replica}`;
}

function namespaceObject(name: string): Namespace {
  const metadata = { name, labels: { [MONITORED_BY_LABEL]: "osm" } };
  return Object.freeze({ apiVersion: "v1", kind: "Namespace" as const, metadata });
}

function serviceObject({ name, namespace }: Place): Service {
  return Object.freeze({
    apiVersion: "v1",
    kind: "Service" as const,
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ name: "http", port: PORT, targetPort: PORT }] },
  });
}

function rootObject({ name, namespace }: Place): Service {
  return Object.freeze({
    apiVersion: "v1",
    kind: "Service" as const,
    metadata: { name: `${name}-root`, namespace },
    spec: { selector: { root: name }, ports: [{ name: "http", port: PORT, targetPort: PORT }] },
  });
}

function podObject(place: Place, replica: number, podsPerService: number): Pod {
  const { name, namespace } = place;
  return Object.freeze({
    apiVersion: "v1",
    kind: "Pod" as const,
    metadata: {
      name: podName(place, replica),
      namespace,
      uid: `uid-${namespace}-${name}-${replica}`,
      labels: { app: name, "pod-template-hash": "6d9c", [PROXY_UUID_LABEL]: `proxy-${namespace}-${name}-${replica}` },
      ownerReferences: [
        { apiVersion: "apps/v1", kind: "ReplicaSet", name: `${name}-6d9c`, uid: "r", controller: true },
      ],
    },
    spec: { serviceAccountName: name, containers: [{ name: "app", ports: [{ containerPort: PORT }] }] },
    status: {
      phase: "Running",
      podIP: addressOf(place, replica, podsPerService),
      conditions: [{ type: "Ready", status: "True" }],
    },
  });
}

function sliceObject(place: Place, podsPerService: number): EndpointSlice {
  const { name, namespace } = place;
  return Object.freeze({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice" as const,
    metadata: { name: `${name}-abcde`, namespace, labels: { "kubernetes.io/service-name": name } },
    addressType: "IPv4",
    endpoints: range(podsPerService).map((replica) => ({
      addresses: [addressOf(place, replica, podsPerService)],
      conditions: { ready: true },
      targetRef: { kind: "Pod", name: podName(place, replica), namespace },
    })),
    ports: [{ name: "http", port: PORT, protocol: "TCP" }],
  });
}

function accountObject({ name, namespace }: Place): ServiceAccount {
  return Object.freeze({ apiVersion: "v1", kind: "ServiceAccount" as const, metadata: { name, namespace } });
}

function splitObject(first: Place, second: Place): KubeObject {
  const { name, namespace } = first;
  // A split stays in its namespace: where the pair straddles two, the first service takes it all.
  const backends = [first, ...(second.namespace === namespace ? [second] : [])];
  return Object.freeze({
    apiVersion: "split.smi-spec.io/v1alpha4",
    kind: "TrafficSplit",
    metadata: { name: `${name}-split`, namespace, creationTimestamp: CREATED },
    spec: { service: `${name}-root`, backends: backends.map((place) => ({ service: place.name, weight: 50 })) },
  });
}

function groupObject({ name, namespace }: Place): KubeObject {
  return Object.freeze({
    apiVersion: "specs.smi-spec.io/v1alpha4",
    kind: "HTTPRouteGroup",
    metadata: { name: `${name}-routes`, namespace, creationTimestamp: CREATED },
    spec: {
      matches: [
        { name: "read", pathRegex: `/api/${name}/.*`, methods: ["GET"] },
        {
          name: "write",
          pathRegex: `/api/${name}/items`,
          methods: ["POST", "PUT"],
          headers: [{ "x-tenant": "[a-z]+" }],
        },
      ],
    },
  });
}

function targetObject({ name, namespace }: Place, sources: readonly Place[]): KubeObject {
  return Object.freeze({
    apiVersion: "access.smi-spec.io/v1alpha3",
    kind: "TrafficTarget",
    metadata: { name: `${name}-callers`, namespace, creationTimestamp: CREATED },
    spec: {
      destination: { kind: "ServiceAccount", name, namespace },
      rules: [{ kind: "HTTPRouteGroup", name: `${name}-routes` }],
      sources: sources.map((source) => ({ kind: "ServiceAccount", name: source.name, namespace: source.namespace })),
    },
  });
}
