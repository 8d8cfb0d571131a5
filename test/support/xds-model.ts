/** Mesh models for xDS tests, said in a few words: pods, what they serve, splits and grants. */
import type { AppProtocol, Grant, GrantRoute, MeshModel, MeshPod, MeshService, MeshSplit } from "@/lib/mesh/model";

export interface PodSpec {
  /** `namespace/pod`; the ServiceAccount and the workload have the pod's name up to its last dash. */
  readonly key: string;
  readonly address: string;
  readonly loopback: string;
  readonly serves?: readonly ServedSpec[];
}

export interface ServedSpec {
  /** Name of a Service in the pod's namespace. */
  readonly service: string;
  readonly port: number;
  readonly targetPort?: number;
  readonly protocol?: AppProtocol;
}

export interface MeshSpec {
  readonly pods: readonly PodSpec[];
  readonly splits?: readonly MeshSplit[];
  readonly grants?: readonly Grant[];
  readonly policyMode?: MeshModel["policyMode"];
}

const TRUST_DOMAIN = "cluster.local";

export function xdsModel({ pods, splits = [], grants = [], policyMode = "smi" }: MeshSpec): MeshModel {
  const workloads = pods.map(podOf).sort(byKey);
  return {
    trustDomain: TRUST_DOMAIN,
    policyMode,
    services: record(servicesOf(pods)),
    identities: record(
      [...new Set(workloads.map(({ identity }) => identity))].sort().map((key) => {
        const [namespace = "", serviceAccount = ""] = key.split("/");
        const dnsName = `${serviceAccount}.${namespace}.${TRUST_DOMAIN}`;
        return { key, namespace, serviceAccount, spiffeId: spiffeId(key), dnsName };
      }),
    ),
    workloads: record(workloads),
    splits: Object.fromEntries(splits.map((split) => [split.root, split])),
    grants: [...grants].sort((a, b) => (a.policy < b.policy ? -1 : 1)),
    problems: [],
  };
}

export function spiffeId(identity: string): string {
  const [namespace, serviceAccount] = identity.split("/");
  return `spiffe://${TRUST_DOMAIN}/${serviceAccount}/${namespace}`;
}

/** `to` is an identity key. `route` "GET /path", "* .*" or null for TCP. */
export function grant(from: readonly string[], to: string, route: string | null, ports: readonly number[] = []): Grant {
  const target = `${to}-access`;
  const policy = `${target}/${route === null ? "TCPRoute/tcp" : `HTTPRouteGroup/routes/${route}`}/${from.join("+")}`;
  return { target, policy, sources: from, destination: to, ports, route: route === null ? null : routeOf(route) };
}

export function routeOf(text: string): GrantRoute {
  const [method = "*", pathRegex = ".*"] = text.split(" ");
  return { group: "shop/routes", match: text, pathRegex, methods: method === "*" ? [] : [method], headers: {} };
}

export function split(
  root: string,
  weights: Readonly<Record<string, number>>,
  missing: readonly string[] = [],
): MeshSplit {
  const [namespace = ""] = root.split("/");
  return {
    name: `${root}-split`,
    root,
    backends: Object.entries(weights).map(([name, weight]) => ({
      service: `${namespace}/${name}`,
      weight,
      state: missing.includes(name) ? "missing" : "ok",
    })),
    matches: [],
  };
}

function podOf({ key, address, loopback, serves = [] }: PodSpec): MeshPod {
  const [namespace = "", name = ""] = key.split("/");
  return {
    key,
    namespace,
    name,
    uid: `uid-${key}`,
    proxyId: `proxy-${name}`,
    identity: identityOf(key),
    workload: `${namespace}/deployment/${ownerOf(name)}`,
    address,
    loopback,
    ready: true,
    inbound: serves.map(({ service, port, targetPort = port, protocol = "http" }) => ({
      service: `${namespace}/${service}`,
      servicePort: port,
      targetPort,
      protocol,
    })),
  };
}

export function identityOf(podKey: string): string {
  const [namespace = "", name = ""] = podKey.split("/");
  return `${namespace}/${ownerOf(name)}`;
}

function ownerOf(podName: string): string {
  return podName.replace(/-[^-]*$/, "");
}

function servicesOf(pods: readonly PodSpec[]): MeshService[] {
  const keys = new Set(
    pods.flatMap((pod) => (pod.serves ?? []).map(({ service }) => `${namespaceOf(pod)}/${service}`)),
  );
  return [...keys].sort().map((key) => {
    const [namespace = "", name = ""] = key.split("/");
    const behind = pods.filter((pod) => namespaceOf(pod) === namespace && pod.serves?.some((s) => s.service === name));
    const rows = behind.flatMap((pod) =>
      (pod.serves ?? []).filter((s) => s.service === name).map((served) => ({ pod, served })),
    );
    const ports = [...new Set(rows.map(({ served }) => served.port))].sort((a, b) => a - b);
    return {
      key,
      namespace,
      name,
      fqdn: `${name}.${namespace}.svc.${TRUST_DOMAIN}`,
      clusterIP: null,
      ports: ports.map((port) => {
        const on = rows.filter(({ served }) => served.port === port);
        return {
          port,
          name: `p${port}`,
          protocol: on[0]?.served.protocol ?? "http",
          endpoints: on.map(({ pod, served }) => ({
            address: pod.address,
            port: served.targetPort ?? port,
            pod: pod.key,
            identity: identityOf(pod.key),
          })),
        };
      }),
      identities: [...new Set(behind.map(({ key: pod }) => identityOf(pod)))].sort(),
      workloads: [...new Set(behind.map(({ key: pod }) => podOf({ key: pod, address: "", loopback: "" }).workload))],
    };
  });
}

function namespaceOf({ key }: PodSpec): string {
  return key.split("/")[0] ?? "";
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}

function record<T extends { readonly key: string }>(list: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(list.map((one) => [one.key, one]));
}
