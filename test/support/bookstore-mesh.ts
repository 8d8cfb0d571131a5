/** The bookstore as Kubernetes objects, small and in memory: what the graph's tests look at. */
import type { EndpointSlice, KubeObject, Pod, Service } from "@/lib/kube/objects";
import { EMPTY_OBJECTS, type MeshObjects } from "@/lib/mesh/input";
import type { MeshModel } from "@/lib/mesh/model";
import { translate } from "@/lib/mesh/translate";

const NAMESPACES = ["bookbuyer", "bookthief", "bookstore", "bookwarehouse"];

interface App {
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
  readonly ip: string;
  readonly sidecar?: boolean;
}

const APPS: readonly App[] = [
  { namespace: "bookbuyer", name: "bookbuyer", ip: "10.0.0.1" },
  { namespace: "bookthief", name: "bookthief", ip: "10.0.0.2" },
  { namespace: "bookstore", name: "bookstore-v1", version: "v1", ip: "10.0.0.3" },
  { namespace: "bookstore", name: "bookstore-v2", version: "v2", ip: "10.0.0.4" },
  { namespace: "bookwarehouse", name: "bookwarehouse", ip: "10.0.0.5" },
  { namespace: "bookwarehouse", name: "stockdb", ip: "10.0.0.6" },
];

function podOf(app: App): Pod {
  const labels: Record<string, string> = { app: app.name };
  if (app.namespace === "bookstore") labels.shop = "bookstore";
  if (app.version !== undefined) labels.version = app.version;
  if (app.sidecar !== false) labels["osm-proxy-uuid"] = `uuid-${app.name}`;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      namespace: app.namespace,
      name: `${app.name}-0`,
      uid: `uid-${app.name}`,
      labels,
      ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: app.name, uid: "u", controller: true }],
    },
    spec: { serviceAccountName: app.name, containers: [{ name: "app", ports: [{ containerPort: 14001 }] }] },
    status: { phase: "Running", podIP: app.ip, conditions: [{ type: "Ready", status: "True" }] },
  };
}

interface ServiceParts {
  readonly selector: Record<string, string>;
  readonly port: number;
  readonly appProtocol?: string;
}

function serviceOf(namespace: string, name: string, { selector, port, appProtocol }: ServiceParts): Service {
  const named = { name: appProtocol ?? "http", port, targetPort: port, ...(appProtocol ? { appProtocol } : {}) };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { namespace, name },
    spec: { clusterIP: "10.1.0.1", selector, ports: [named] },
  };
}

const SERVICES: readonly Service[] = [
  serviceOf("bookstore", "bookstore", { selector: { shop: "bookstore" }, port: 14001 }),
  serviceOf("bookstore", "bookstore-v1", { selector: { app: "bookstore-v1" }, port: 14001 }),
  serviceOf("bookstore", "bookstore-v2", { selector: { app: "bookstore-v2" }, port: 14001 }),
  serviceOf("bookwarehouse", "bookwarehouse", { selector: { app: "bookwarehouse" }, port: 14001 }),
  serviceOf("bookwarehouse", "stockdb", { selector: { app: "stockdb" }, port: 6379, appProtocol: "tcp" }),
];

function sliceOf(service: Service): EndpointSlice {
  const { namespace = "", name } = service.metadata;
  const port = service.spec?.ports?.[0];
  const behind = APPS.filter((app) => app.namespace === namespace && selects(service, podOf(app)));
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { namespace, name: `${name}-1`, labels: { "kubernetes.io/service-name": name } },
    addressType: "IPv4",
    endpoints: behind.map((app) => ({
      addresses: [app.ip],
      conditions: { ready: true },
      targetRef: { kind: "Pod", namespace, name: `${app.name}-0` },
    })),
    ports: [{ name: port?.name ?? "", port: port?.port ?? 0, protocol: "TCP" }],
  };
}

function selects(service: Service, pod: Pod): boolean {
  return Object.entries(service.spec?.selector ?? {}).every(([name, value]) => pod.metadata.labels?.[name] === value);
}

function smi(parts: { apiVersion: string; kind: string; namespace: string; name: string; spec: object }): KubeObject {
  const { apiVersion, kind, namespace, name, spec } = parts;
  return { apiVersion, kind, metadata: { namespace, name, uid: name }, spec };
}

/** TrafficTarget `<source>-to-<destination>` for every route of a group, or for TCP. */
export function target(source: string, destination: string, rule: { kind: string; name: string }): KubeObject {
  const [sourceNamespace = "", sourceName = ""] = source.split("/");
  const [namespace = "", name = ""] = destination.split("/");
  const account = (ns: string, sa: string) => ({ kind: "ServiceAccount", namespace: ns, name: sa });
  return smi({
    apiVersion: "access.smi-spec.io/v1alpha3",
    kind: "TrafficTarget",
    namespace,
    name: `${sourceName}-to-${name}`,
    spec: { destination: account(namespace, name), sources: [account(sourceNamespace, sourceName)], rules: [rule] },
  });
}

/** A TrafficSplit of the bookstore. */
export function split(weights: Readonly<Record<string, number>>): KubeObject {
  return smi({
    apiVersion: "split.smi-spec.io/v1alpha2",
    kind: "TrafficSplit",
    namespace: "bookstore",
    name: "bookstore-split",
    spec: {
      service: "bookstore",
      backends: Object.entries(weights).map(([service, weight]) => ({ service, weight })),
    },
  });
}

function routes(namespace: string, name: string, pathRegex: string): KubeObject {
  return smi({
    apiVersion: "specs.smi-spec.io/v1alpha4",
    kind: "HTTPRouteGroup",
    namespace,
    name,
    spec: { matches: [{ name: "all", pathRegex, methods: ["*"] }] },
  });
}

const BOOKS = { kind: "HTTPRouteGroup", name: "bookstore-routes" };
const WAREHOUSE = { kind: "HTTPRouteGroup", name: "bookwarehouse-routes" };

/** bookbuyer may call both versions, which may call the warehouse, which may call its database. bookthief may nothing. */
export const BOOKSTORE: MeshObjects = {
  ...EMPTY_OBJECTS,
  namespaces: NAMESPACES.map((name) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "openservicemesh.io/monitored-by": "osm" } },
  })),
  pods: APPS.map(podOf),
  services: SERVICES,
  endpointSlices: SERVICES.map(sliceOf),
  serviceAccounts: APPS.map(({ namespace, name }) => {
    return { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace, name } };
  }),
  trafficSplits: [split({ "bookstore-v1": 75, "bookstore-v2": 25 })],
  trafficTargets: [
    target("bookbuyer/bookbuyer", "bookstore/bookstore-v1", BOOKS),
    target("bookbuyer/bookbuyer", "bookstore/bookstore-v2", BOOKS),
    target("bookstore/bookstore-v1", "bookwarehouse/bookwarehouse", WAREHOUSE),
    target("bookstore/bookstore-v2", "bookwarehouse/bookwarehouse", WAREHOUSE),
    target("bookwarehouse/bookwarehouse", "bookwarehouse/stockdb", { kind: "TCPRoute", name: "stockdb" }),
  ],
  httpRouteGroups: [
    routes("bookstore", "bookstore-routes", "/.*"),
    routes("bookwarehouse", "bookwarehouse-routes", "/restock-books"),
  ],
  tcpRoutes: [
    smi({
      apiVersion: "specs.smi-spec.io/v1alpha4",
      kind: "TCPRoute",
      namespace: "bookwarehouse",
      name: "stockdb",
      spec: {},
    }),
  ],
};

/** The model of objects, in SMI policy mode unless said otherwise. */
export function modelOf(objects: MeshObjects, policyMode: "smi" | "permissive" = "smi"): MeshModel {
  return translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode });
}
