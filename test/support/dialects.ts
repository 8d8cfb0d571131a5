/** The same calls as the proxies of each mesh count them. */

import { MONITORED_BY_LABEL, PROXY_UUID_LABEL } from "@/lib/kube/names";
import type { Pod, Service } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import type { Labels } from "@/lib/metrics/query";
import type { TelemetryName } from "@/lib/metrics/telemetry/telemetry";
import type { RemoteSeries } from "./remote-write";

/** A workload: `kind` as Kubernetes writes it. */
export interface Place {
  readonly namespace: string;
  readonly kind: "Deployment" | "StatefulSet";
  readonly name: string;
}

/** Everything per second. */
export interface Call {
  readonly from: Place;
  /** Called by the service that has its name. */
  readonly to: Place;
  readonly byCode: Readonly<Record<string, number>>;
  /** Cumulative, by bound in milliseconds. */
  readonly buckets: Readonly<Record<string, number>>;
  /** How many of ten connections are mutual TLS. */
  readonly secureOfTen: number;
}

export interface Connections {
  readonly from: Place;
  readonly to: Place;
  readonly opened: number;
}

interface Counter {
  readonly metric: string;
  readonly labels: Labels;
  readonly perSecond: number;
  /** Where it is at the end; counters that say how many there ever were. */
  readonly total?: number;
}

type Dialect = (call: Call) => readonly Counter[];

const lower = (text: string) => text.toLowerCase();
const mangled = (text: string) => text.replace(/[^a-zA-Z0-9_]/g, "_");
const sum = (values: Readonly<Record<string, number>>) => Object.values(values).reduce((all, one) => all + one, 0);

const meshdeck: Dialect = ({ from, to, byCode, buckets, secureOfTen }) => {
  const source = {
    source_namespace: from.namespace,
    source_workload_kind: lower(from.kind),
    source_workload_name: from.name,
  };
  const labels = { ...source, envoy_cluster_name: `${to.namespace}/${to.name}|80` };
  const received = {
    source_namespace: to.namespace,
    source_workload_kind: lower(to.kind),
    source_workload_name: to.name,
    envoy_cluster_name: `${to.namespace}/${to.name}|80|local`,
  };
  const counted = (own: Labels) =>
    Object.entries(byCode).map(([code, perSecond]) => ({
      metric: "envoy_cluster_upstream_rq_xx",
      labels: { ...own, envoy_response_code_class: code.slice(0, 1) },
      perSecond,
    }));
  return [
    ...counted(labels),
    ...counted(received),
    ...bucketsOf("envoy_cluster_upstream_rq_time_bucket", labels, buckets),
    { metric: "envoy_cluster_upstream_cx_total", labels, perSecond: 0, total: 10 },
    { metric: "envoy_cluster_upstream_cx_connect_fail", labels, perSecond: 0, total: 0 },
    { metric: "envoy_cluster_ssl_handshake", labels, perSecond: 0, total: secureOfTen },
  ];
};

const osm: Dialect = ({ from, to, byCode, buckets }) => {
  const labels = {
    source_namespace: mangled(from.namespace),
    source_kind: from.kind,
    source_name: mangled(from.name),
    source_pod: `${mangled(from.name)}_1`,
    destination_namespace: mangled(to.namespace),
    destination_kind: to.kind,
    destination_name: mangled(to.name),
    destination_pod: `${mangled(to.name)}_1`,
  };
  const unknown = {
    ...labels,
    destination_namespace: "unknown",
    destination_kind: "unknown",
    destination_name: "unknown",
  };
  return [
    ...byLabel("osm_request_total", labels, "response_code", byCode),
    { metric: "osm_request_total", labels: { ...unknown, response_code: "404" }, perSecond: 3 },
    ...bucketsOf("osm_request_duration_ms_bucket", labels, buckets),
    // OSM's sidecars are Envoys, and scraped as such too.
    {
      metric: "envoy_cluster_upstream_rq_xx",
      labels: {
        source_namespace: from.namespace,
        source_workload_kind: from.kind,
        source_workload_name: from.name,
        envoy_cluster_name: `${to.namespace}/${to.name}|80`,
        envoy_response_code_class: "2",
      },
      perSecond: sum(byCode),
    },
  ];
};

const linkerd: Dialect = ({ from, to, byCode, buckets, secureOfTen }) => {
  const own = (place: Place) => ({
    namespace: place.namespace,
    [lower(place.kind)]: place.name,
    pod: `${place.name}-1`,
  });
  const labels = {
    ...own(from),
    direction: "outbound",
    authority: `${to.name}.${to.namespace}.svc.cluster.local:80`,
    dst_namespace: to.namespace,
    dst_service: to.name,
    [`dst_${lower(to.kind)}`]: to.name,
  };
  const counted = (labels: Labels) =>
    Object.entries(byCode).map(([code, perSecond]) => ({
      metric: "response_total",
      labels: { ...labels, status_code: code, classification: code.startsWith("5") ? "failure" : "success" },
      perSecond,
    }));
  return [
    ...counted({ ...labels, tls: "true" }),
    ...counted({ ...own(to), direction: "inbound", tls: "true" }),
    ...bucketsOf("response_latency_ms_bucket", { ...labels, tls: "true" }, buckets),
    ...byTls(secureOfTen, (tls, total) => ({
      metric: "request_total",
      labels: { ...labels, tls: tls ? "true" : "no_identity" },
      perSecond: 0,
      total,
    })),
  ];
};

const istio: Dialect = ({ from, to, byCode, buckets, secureOfTen }) => {
  const labels = istioLabels(from, to);
  const source = { ...labels, reporter: "source", connection_security_policy: "unknown" };
  return [
    ...byLabel("istio_requests_total", source, "response_code", byCode),
    ...bucketsOf("istio_request_duration_milliseconds_bucket", source, buckets),
    ...byTls(secureOfTen, (_tls, total) => total).flatMap((share, index) =>
      Object.entries(byCode).map(([code, perSecond]) => ({
        metric: "istio_requests_total",
        labels: {
          ...labels,
          reporter: "destination",
          response_code: code,
          connection_security_policy: index === 0 ? "mutual_tls" : "none",
        },
        perSecond: (perSecond * share) / 10,
      })),
    ),
  ];
};

function istioLabels(from: Place, to: Place): Labels {
  return {
    source_workload: from.name,
    source_workload_namespace: from.namespace,
    destination_workload: to.name,
    destination_workload_namespace: to.namespace,
    destination_service: `${to.name}.${to.namespace}.svc.cluster.local`,
    destination_service_name: to.name,
    destination_service_namespace: to.namespace,
  };
}

function byLabel(metric: string, labels: Labels, label: string, rates: Readonly<Record<string, number>>): Counter[] {
  return Object.entries(rates).map(([value, perSecond]) => ({
    metric,
    labels: { ...labels, [label]: value },
    perSecond,
  }));
}

function bucketsOf(metric: string, labels: Labels, buckets: Call["buckets"]): Counter[] {
  return byLabel(metric, labels, "le", buckets);
}

/** First what was mutual TLS, then what was not. */
function byTls<T>(secureOfTen: number, make: (tls: boolean, ofTen: number) => T): T[] {
  return [make(true, secureOfTen), make(false, 10 - secureOfTen)];
}

const DIALECTS: Readonly<Record<TelemetryName, Dialect>> = { meshdeck, osm, linkerd, istio };

const CONNECTIONS: Readonly<Record<TelemetryName, ((one: Connections) => readonly Counter[]) | null>> = {
  meshdeck: ({ from, to, opened }) => {
    const labels = {
      source_namespace: from.namespace,
      source_workload_kind: lower(from.kind),
      source_workload_name: from.name,
      envoy_cluster_name: `${to.namespace}/${to.name}|6379`,
    };
    return [
      { metric: "envoy_cluster_upstream_cx_total", labels, perSecond: opened, total: 1000 },
      { metric: "envoy_cluster_upstream_cx_connect_fail", labels, perSecond: 0, total: 0 },
      { metric: "envoy_cluster_ssl_handshake", labels, perSecond: opened, total: 1000 },
    ];
  },
  // Its sidecars count requests only.
  osm: null,
  linkerd: ({ from, to, opened }) => {
    const labels = {
      namespace: from.namespace,
      [lower(from.kind)]: from.name,
      direction: "outbound",
      dst_namespace: to.namespace,
      dst_service: to.name,
      tls: "true",
    };
    return ["src", "dst"].map((peer) => ({
      metric: "tcp_open_total",
      labels: { ...labels, peer },
      perSecond: opened,
      total: 1000,
    }));
  },
  istio: ({ from, to, opened }) =>
    ["source", "destination"].map((reporter) => ({
      metric: "istio_tcp_connections_opened_total",
      labels: {
        ...istioLabels(from, to),
        reporter,
        connection_security_policy: reporter === "source" ? "unknown" : "mutual_tls",
      },
      perSecond: opened,
      total: 1000,
    })),
};

/** Whether a mesh's proxies count connections of protocols they do not read. */
export function countsConnections(name: TelemetryName): boolean {
  return CONNECTIONS[name] !== null;
}

/** Scrapes every five seconds over the minute before `end` (unix milliseconds). */
export function dialectSeries(
  name: TelemetryName,
  { calls, connections }: { readonly calls: readonly Call[]; readonly connections: readonly Connections[] },
  end: number,
): readonly RemoteSeries[] {
  const counters = [...calls.flatMap(DIALECTS[name]), ...connections.flatMap((one) => CONNECTIONS[name]?.(one) ?? [])];
  return summed(counters).map(({ metric, labels, perSecond, total }) => {
    const last = total ?? 1000 * perSecond;
    const samples = Array.from({ length: 13 }, (_, index) => {
      const before = (12 - index) * 5;
      return [end - before * 1000, last - before * perSecond] as const;
    });
    return { metric, labels, samples };
  });
}

/** Calls by several share what the called side counts of them. */
function summed(counters: readonly Counter[]): readonly Counter[] {
  const byName = new Map<string, Counter>();
  for (const counter of counters) {
    const name = JSON.stringify([counter.metric, Object.entries(counter.labels).sort()]);
    const known = byName.get(name);
    byName.set(name, known ? { ...counter, perSecond: known.perSecond + counter.perSecond } : counter);
  }
  return [...byName.values()];
}

const PROXY: Readonly<Partial<Record<TelemetryName, string>>> = { linkerd: "linkerd-proxy", istio: "istio-proxy" };

/** The workloads as Kubernetes knows them, each with one ready pod and a service of its name. */
export function dialectObjects(name: TelemetryName, places: readonly Place[]): MeshObjects {
  const proxy = PROXY[name];
  const smi = proxy === undefined;
  const namespaces = [...new Set(places.map(({ namespace }) => namespace))];
  return {
    ...EMPTY_OBJECTS,
    namespaces: namespaces.map((namespace) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace, labels: smi ? { [MONITORED_BY_LABEL]: "osm" } : {} },
    })),
    services: places.map(
      ({ namespace, name: service }): Service => ({
        apiVersion: "v1",
        kind: "Service",
        metadata: { namespace, name: service },
        spec: { selector: { app: service }, ports: [{ port: 80 }] },
      }),
    ),
    pods: places.map(
      ({ namespace, kind, name: workload }, index): Pod => ({
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
          namespace,
          name: `${workload}-1`,
          labels: {
            app: workload,
            "pod-template-hash": "6d9c",
            ...(smi ? { [PROXY_UUID_LABEL]: `uuid-${index}` } : {}),
          },
          ownerReferences: [
            kind === "Deployment"
              ? { apiVersion: "apps/v1", kind: "ReplicaSet", name: `${workload}-6d9c`, uid: "u", controller: true }
              : { apiVersion: "apps/v1", kind, name: workload, uid: "u", controller: true },
          ],
        },
        spec: { serviceAccountName: workload, containers: [{ name: "app" }, ...(proxy ? [{ name: proxy }] : [])] },
        status: { phase: "Running", podIP: `10.0.0.${index + 1}`, conditions: [{ type: "Ready", status: "True" }] },
      }),
    ),
  };
}
