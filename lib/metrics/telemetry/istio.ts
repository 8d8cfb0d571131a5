/**
 * Istio's sidecars and waypoints. The caller's side (`reporter="source"`) counts calls and how long they took; only the
 * called side knows whether a connection was mutual TLS (the caller says `unknown`). Failures of gRPC that came with HTTP
 * status 200 are not counted as failed, as Envoy's own statistics do not.
 */
import { type NamespacedName, type ObjectRef, parseKey } from "@/lib/kube/refs";
import type { ChartSubject } from "../chart-queries";
import { BUCKET_LABEL, PART_LABEL } from "../names";
import type { Labels, Matcher, SimpleStoreQuery, StoreQuery, UnionQuery } from "../query";
import { type ChartMetrics, chartOf, is, oneOf } from "./chart";
import {
  boundLabel,
  classLabel,
  clusterLabel,
  type LabelReader,
  localClusterLabel,
  partLabel,
  relabelled,
  sourceLabels,
} from "./relabel";
import type { Directory, RowOf, Telemetry } from "./telemetry";

export const ISTIO_REQUESTS = "istio_requests_total";
const BUCKETS = "istio_request_duration_milliseconds_bucket";
const OPENED = "istio_tcp_connections_opened_total";
const TCP_RECEIVED = "istio_tcp_received_bytes_total";
const TCP_SENT = "istio_tcp_sent_bytes_total";
const REQUEST_BYTES = "istio_request_bytes_sum";
const RESPONSE_BYTES = "istio_response_bytes_sum";

const SOURCE = ["source_workload_namespace", "source_workload"] as const;
const SERVICE = ["destination_service_namespace", "destination_service_name"] as const;
const DESTINATION = ["destination_workload_namespace", "destination_workload"] as const;
const EDGE = [...SOURCE, ...SERVICE];
const CODE = "response_code";
const SECURITY = "connection_security_policy";

/** A waypoint reports for callers that have no sidecar. */
const CALLER: Matcher = { label: "reporter", op: "=~", value: "source|waypoint" };
const CALLED = is("reporter", "destination");
const SECURE = is(SECURITY, "mutual_tls");
/** No answer at all is code 0. */
const FAILED: Matcher = { label: CODE, op: "=~", value: "5..|0" };

export const ISTIO_TELEMETRY: Telemetry = {
  name: "istio",
  policy: "foreign",
  meshQueries,
  chartQuery: (subject, windowSeconds) => chart(subject, windowSeconds),
  relabel: (of, rows, directory) => relabelled(rows, reader(of, directory)),
};

function meshQueries(
  windowSeconds: number,
): Readonly<Partial<Record<"requests" | "latency" | "connections", StoreQuery>>> {
  const rate = (metric: string, by: readonly string[], matchers: readonly Matcher[] = [CALLER]): SimpleStoreQuery => {
    return { kind: "rate", selector: { metric, matchers }, windowSeconds, by };
  };
  const total = (metric: string, matchers: readonly Matcher[]): SimpleStoreQuery => {
    return { kind: "instant", aggregation: "sum", selector: { metric, matchers }, by: EDGE };
  };
  return {
    requests: {
      kind: "union",
      parts: {
        made: rate(ISTIO_REQUESTS, [...EDGE, CODE]),
        received: rate(ISTIO_REQUESTS, [...DESTINATION, ...SERVICE, CODE], [CALLED]),
      },
    },
    latency: rate(BUCKETS, [...EDGE, BUCKET_LABEL]),
    connections: {
      kind: "union",
      parts: {
        calls: total(ISTIO_REQUESTS, [CALLED]),
        secureCalls: total(ISTIO_REQUESTS, [CALLED, SECURE]),
        connections: total(OPENED, [CALLED]),
        secureConnections: total(OPENED, [CALLED, SECURE]),
        opened: rate(OPENED, EDGE),
        received: rate(TCP_SENT, EDGE),
        sent: rate(TCP_RECEIVED, EDGE),
        responseBytes: rate(RESPONSE_BYTES, EDGE),
        requestBytes: rate(REQUEST_BYTES, EDGE),
      },
    },
  };
}

/** What Meshdeck's connection parts are called here. Istio counts bytes as the called side sees them. */
const PARTS: Readonly<Record<string, string>> = {
  calls: "openedTotal",
  connections: "openedTotal",
  secureCalls: "handshakesTotal",
  secureConnections: "handshakesTotal",
  responseBytes: "received",
  requestBytes: "sent",
};

function reader(of: RowOf, directory: Directory): LabelReader {
  const workload = workloadReader(directory);
  return (labels) => {
    if (of === "chart") return { ...serviceLabel(labels), ...partLabel(labels) };
    if (of === "requests" && labels[PART_LABEL] === "received") {
      const called = workload(labels, DESTINATION);
      if (called === null) return null;
      const service = serviceKey(labels) ?? `${called.namespace}/${called.name}`;
      return { ...sourceLabels(called), ...localClusterLabel(service), ...classLabel(classOf(labels)) };
    }
    const caller = workload(labels, SOURCE);
    const service = serviceLabel(labels);
    if (caller === null || service === null) return null;
    const edge = { ...sourceLabels(caller), ...service };
    if (of === "requests") return { ...edge, ...classLabel(classOf(labels)) };
    if (of === "latency") return { ...edge, ...boundLabel(labels) };
    const part = labels[PART_LABEL] ?? "";
    return { ...edge, ...partLabel(labels, PARTS[part] ?? part) };
  };
}

function classOf(labels: Labels): string {
  const code = labels[CODE] ?? "";
  return code === "0" ? "5" : code.slice(0, 1);
}

/** Istio says a workload's name, not its kind. */
function workloadReader(directory: Directory): (labels: Labels, by: readonly [string, string]) => ObjectRef | null {
  let kinds: ReadonlyMap<string, string> | null = null;
  return (labels, [namespaceLabel, nameLabel]) => {
    const namespace = labels[namespaceLabel];
    const name = labels[nameLabel];
    if (!known(namespace) || !known(name)) return null;
    kinds ??= new Map(directory.workloads().map((one) => [`${one.namespace}/${one.name}`, one.kind]));
    return { namespace, kind: kinds.get(`${namespace}/${name}`) ?? "deployment", name };
  };
}

function serviceKey(labels: Labels): string | null {
  const [namespace, name] = SERVICE.map((label) => labels[label]);
  return known(namespace) && known(name) ? `${namespace}/${name}` : null;
}

function serviceLabel(labels: Labels): Labels | null {
  const service = serviceKey(labels);
  return service === null ? null : clusterLabel(service);
}

/** What Istio does not know it calls `unknown`; calls that leave the mesh it sends to clusters of its own. */
function known(value: string | undefined): value is string {
  return Boolean(value) && value !== "unknown" && value !== "PassthroughCluster" && value !== "BlackHoleCluster";
}

const HTTP: ChartMetrics = {
  requests: ISTIO_REQUESTS,
  failed: FAILED,
  buckets: BUCKETS,
  connections: OPENED,
  received: TCP_SENT,
  sent: TCP_RECEIVED,
};

function chart(subject: ChartSubject, windowSeconds: number): UnionQuery {
  const calls = scopeOf(subject);
  return chartOf(HTTP, { calls, connections: calls, by: subject.kind === "split" ? SERVICE : [] }, windowSeconds);
}

function scopeOf(subject: ChartSubject): readonly Matcher[] {
  switch (subject.kind) {
    case "edge":
      return [CALLER, ...place(SOURCE, subject.source), ...place(SERVICE, parseKey(subject.service))];
    case "service":
      return [CALLER, ...place(SERVICE, parseKey(subject.service))];
    case "workload":
      return subject.direction === "out"
        ? [CALLER, ...place(SOURCE, subject.workload)]
        : [CALLED, ...place(DESTINATION, subject.workload)];
    case "split": {
      const backends = subject.backends.map((backend) => parseKey(backend));
      const [namespaceLabel, nameLabel] = SERVICE;
      const namespaces = [...new Set(backends.map(({ namespace }) => namespace))];
      return [
        CALLER,
        oneOf(namespaceLabel, namespaces),
        oneOf(
          nameLabel,
          backends.map(({ name }) => name),
        ),
      ];
    }
    case "mesh":
      return [CALLER];
  }
}

function place([namespaceLabel, nameLabel]: readonly [string, string], at: NamespacedName): readonly Matcher[] {
  return [is(namespaceLabel, at.namespace), is(nameLabel, at.name)];
}
