/**
 * Linkerd's proxies. `direction="outbound"` is what a workload called, with the label of its owner's kind for its name
 * (`deployment="web"`). Latency is measured to the first byte. A gRPC call that failed is a failure whatever its HTTP status.
 */
import { type ObjectRef, parseKey } from "@/lib/kube/refs";
import type { ChartSubject } from "../chart-queries";
import { BUCKET_LABEL, PART_LABEL } from "../names";
import type { Labels, Matcher, SimpleStoreQuery, StoreQuery } from "../query";
import { type ChartMetrics, type ChartScope, chartOf, is, oneOf } from "./chart";
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

export const LINKERD_RESPONSES = "response_total";
const BUCKETS = "response_latency_ms_bucket";
const REQUESTS = "request_total";
const OPENED = "tcp_open_total";
const READ = "tcp_read_bytes_total";
const WRITTEN = "tcp_write_bytes_total";

/** Labels that name a workload, and its kind. A Job's cannot be called `job`, which is Prometheus's own. */
const OWNERS: Readonly<Record<string, string>> = {
  deployment: "deployment",
  statefulset: "statefulset",
  daemonset: "daemonset",
  cronjob: "cronjob",
  k8s_job: "job",
  replicaset: "replicaset",
  replicationcontroller: "replicationcontroller",
};
const OWNER_LABELS = Object.keys(OWNERS);
const WORKLOAD = ["namespace", ...OWNER_LABELS];
/** The port stands in the authority only. */
const SERVICE = ["dst_namespace", "dst_service"] as const;
const EDGE = [...WORKLOAD, ...SERVICE];
const CLASS = "classification";
const STATUS = "status_code";

const OUT = is("direction", "outbound");
const IN = is("direction", "inbound");
const TO_SERVICE: Matcher = { label: "dst_service", op: "!=", value: "" };
/** Connections are counted on both of their sides. */
const TO_DESTINATION = is("peer", "dst");
const SECURE = is("tls", "true");

export const LINKERD_TELEMETRY: Telemetry = {
  name: "linkerd",
  policy: "foreign",
  meshQueries,
  chartQuery: (subject, windowSeconds) => chartOf(METRICS, scopeOf(subject), windowSeconds),
  relabel: (of, rows, directory) => relabelled(rows, reader(of, directory)),
};

function meshQueries(
  windowSeconds: number,
): Readonly<Partial<Record<"requests" | "latency" | "connections", StoreQuery>>> {
  const rate = (metric: string, by: readonly string[], matchers: readonly Matcher[]): SimpleStoreQuery => {
    return { kind: "rate", selector: { metric, matchers }, windowSeconds, by };
  };
  const total = (metric: string, matchers: readonly Matcher[]): SimpleStoreQuery => {
    return { kind: "instant", aggregation: "sum", selector: { metric, matchers }, by: EDGE };
  };
  const connections = [OUT, TO_DESTINATION, TO_SERVICE];
  return {
    requests: {
      kind: "union",
      parts: {
        made: rate(LINKERD_RESPONSES, [...EDGE, CLASS, STATUS], [OUT, TO_SERVICE]),
        received: rate(LINKERD_RESPONSES, [...WORKLOAD, CLASS, STATUS], [IN]),
      },
    },
    latency: rate(BUCKETS, [...EDGE, BUCKET_LABEL], [OUT, TO_SERVICE]),
    connections: {
      kind: "union",
      parts: {
        // Of HTTP it is the requests that say whether they were mutual TLS; of other protocols the connections.
        calls: total(REQUESTS, [OUT, TO_SERVICE]),
        secureCalls: total(REQUESTS, [OUT, TO_SERVICE, SECURE]),
        connections: total(OPENED, connections),
        secureConnections: total(OPENED, [...connections, SECURE]),
        opened: rate(OPENED, EDGE, connections),
        received: rate(READ, EDGE, connections),
        sent: rate(WRITTEN, EDGE, connections),
      },
    },
  };
}

const PARTS: Readonly<Record<string, string>> = {
  calls: "openedTotal",
  connections: "openedTotal",
  secureCalls: "handshakesTotal",
  secureConnections: "handshakesTotal",
};

function reader(of: RowOf, directory: Directory): LabelReader {
  return (labels) => {
    const service = serviceLabel(labels);
    if (of === "chart") return { ...service, ...partLabel(labels) };
    const workload = workloadOf(labels);
    if (workload === null) return null;
    const own = sourceLabels(workload);
    if (of === "requests" && labels[PART_LABEL] === "received") {
      const { namespace, kind, name } = workload;
      const called = directory.serviceOf(`${namespace}/${kind}/${name}`) ?? `${namespace}/${name}`;
      return { ...own, ...localClusterLabel(called), ...classLabel(classOf(labels)) };
    }
    if (service === null) return null;
    if (of === "requests") return { ...own, ...service, ...classLabel(classOf(labels)) };
    if (of === "latency") return { ...own, ...service, ...boundLabel(labels) };
    const part = labels[PART_LABEL] ?? "";
    return { ...own, ...service, ...partLabel(labels, PARTS[part] ?? part) };
  };
}

function classOf(labels: Labels): string {
  return labels[CLASS] === "failure" ? "5" : (labels[STATUS] ?? "").slice(0, 1);
}

function workloadOf(labels: Labels): ObjectRef | null {
  const namespace = labels.namespace;
  if (!namespace) return null;
  for (const label of OWNER_LABELS) {
    const name = labels[label];
    if (name) return { namespace, kind: OWNERS[label] ?? label, name };
  }
  return null;
}

function serviceLabel(labels: Labels): Labels | null {
  const [namespace, name] = SERVICE.map((label) => labels[label]);
  return namespace && name ? clusterLabel(`${namespace}/${name}`) : null;
}

const METRICS: ChartMetrics = {
  requests: LINKERD_RESPONSES,
  failed: is(CLASS, "failure"),
  buckets: BUCKETS,
  connections: OPENED,
  received: READ,
  sent: WRITTEN,
};

function scopeOf(subject: ChartSubject): ChartScope {
  const calls = callsOf(subject);
  const peer = subject.kind === "workload" && subject.direction === "in" ? is("peer", "src") : TO_DESTINATION;
  return { calls, connections: [...calls, peer], by: subject.kind === "split" ? SERVICE : [] };
}

function callsOf(subject: ChartSubject): readonly Matcher[] {
  switch (subject.kind) {
    case "edge":
      return [OUT, ...owner(subject.source), ...services([subject.service])];
    case "service":
      return [OUT, ...services([subject.service])];
    case "workload":
      return [subject.direction === "out" ? OUT : IN, ...owner(subject.workload)];
    case "split":
      return [OUT, ...services(subject.backends)];
    case "mesh":
      return [OUT];
  }
}

function owner({ namespace, kind, name }: ObjectRef): readonly Matcher[] {
  const label = OWNER_LABELS.find((one) => OWNERS[one] === kind) ?? "pod";
  return [is("namespace", namespace), is(label, name)];
}

function services(keys: readonly string[]): readonly Matcher[] {
  const [namespaceLabel, nameLabel] = SERVICE;
  const called = keys.map((key) => parseKey(key));
  return [
    oneOf(namespaceLabel, [...new Set(called.map(({ namespace }) => namespace))]),
    oneOf(nameLabel, [...new Set(called.map(({ name }) => name))]),
  ];
}
