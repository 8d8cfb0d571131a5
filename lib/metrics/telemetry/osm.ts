/**
 * Open Service Mesh: its WASM statistics say which workload called which (there is no telling which service was named),
 * and Envoy's own, of the same pods, how many bytes went where. The names went through Envoy's metric names, where `-` and
 * `.` become `_`. A destination is only known when an OSM sidecar answered, and those take nothing but mutual TLS.
 */
import { nodeId, type ObjectRef } from "@/lib/kube/refs";
import type { ChartSubject } from "../chart-queries";
import {
  BUCKET_LABEL,
  CLUSTER_LABEL,
  ENVOY_RECEIVED_BYTES,
  ENVOY_SENT_BYTES,
  PART_LABEL,
  SOURCE_LABELS,
} from "../names";
import { CALLER_CLUSTERS, clustersPattern, LOCAL_CLUSTERS } from "../pattern";
import type { Labels, Matcher, SimpleStoreQuery, StoreQuery } from "../query";
import { type ChartMetrics, type ChartScope, chartOf, oneOf } from "./chart";
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

export const OSM_REQUESTS = "osm_request_total";
const BUCKETS = "osm_request_duration_ms_bucket";
const CODE = "response_code";
const SOURCE = ["source_namespace", "source_kind", "source_name"] as const;
const DESTINATION = ["destination_namespace", "destination_kind", "destination_name"] as const;
const EDGE = [...SOURCE, ...DESTINATION];
/** What a sidecar answers by itself has no destination. */
const ANSWERED: Matcher = { label: "destination_name", op: "!=", value: "unknown" };

export const OSM_TELEMETRY: Telemetry = {
  name: "osm",
  policy: "smi",
  meshQueries,
  chartQuery: (subject, windowSeconds, directory) => chartOf(METRICS, scopeOf(subject, directory), windowSeconds),
  relabel: (of, rows, directory) => relabelled(rows, reader(of, directory)),
};

function meshQueries(
  windowSeconds: number,
): Readonly<Partial<Record<"requests" | "latency" | "connections", StoreQuery>>> {
  const rate = (metric: string, by: readonly string[], matchers: readonly Matcher[] = [ANSWERED]): SimpleStoreQuery => {
    return { kind: "rate", selector: { metric, matchers }, windowSeconds, by };
  };
  const calls: SimpleStoreQuery = {
    kind: "instant",
    aggregation: "sum",
    selector: { metric: OSM_REQUESTS, matchers: [ANSWERED] },
    by: EDGE,
  };
  const byService = [...SOURCE_LABELS, CLUSTER_LABEL];
  return {
    requests: {
      kind: "union",
      parts: {
        made: rate(OSM_REQUESTS, [...EDGE, CODE]),
        received: rate(OSM_REQUESTS, [...DESTINATION, CODE]),
      },
    },
    latency: rate(BUCKETS, [...EDGE, BUCKET_LABEL]),
    connections: {
      kind: "union",
      parts: {
        openedTotal: calls,
        handshakesTotal: calls,
        received: rate(ENVOY_RECEIVED_BYTES, byService, [cluster(CALLER_CLUSTERS)]),
        sent: rate(ENVOY_SENT_BYTES, byService, [cluster(CALLER_CLUSTERS)]),
      },
    },
  };
}

function reader(of: RowOf, directory: Directory): LabelReader {
  const workload = workloadReader(directory);
  const service = (called: ObjectRef) => directory.serviceOf(nodeId(called)) ?? `${called.namespace}/${called.name}`;
  return (labels) => {
    if (labels[CLUSTER_LABEL] !== undefined) return envoyLabels(labels);
    const called = workload(labels, DESTINATION);
    if (of === "chart") return { ...(called === null ? {} : clusterLabel(service(called))), ...partLabel(labels) };
    if (called === null) return null;
    if (of === "requests" && labels[PART_LABEL] === "received") {
      return { ...sourceLabels(called), ...localClusterLabel(service(called)), ...classLabel(classOf(labels)) };
    }
    const caller = workload(labels, SOURCE);
    if (caller === null) return null;
    const edge = { ...sourceLabels(caller), ...clusterLabel(service(called)) };
    if (of === "requests") return { ...edge, ...classLabel(classOf(labels)) };
    if (of === "latency") return { ...edge, ...boundLabel(labels) };
    return { ...edge, ...partLabel(labels) };
  };
}

/** Rows of Envoy's own statistics have Meshdeck's labels already, but for the spelling of kinds. */
function envoyLabels(labels: Labels): Labels | null {
  const [namespace, kind, name] = SOURCE_LABELS.map((label) => labels[label]);
  if (!namespace || !kind || !name) return null;
  return { ...labels, ...sourceLabels({ namespace, kind, name }) };
}

function classOf(labels: Labels): string {
  return (labels[CODE] ?? "").slice(0, 1);
}

type Place = readonly [string, string, string];

/** The workload labels mean: the one whose name they are, or are what is left of. */
function workloadReader(directory: Directory): (labels: Labels, by: Place) => ObjectRef | null {
  let spelled: ReadonlyMap<string, ObjectRef> | null = null;
  return (labels, [namespaceLabel, kindLabel, nameLabel]) => {
    const namespace = labels[namespaceLabel];
    const kind = labels[kindLabel]?.toLowerCase();
    const name = labels[nameLabel];
    if (!namespace || !kind || !name || name === "unknown") return null;
    spelled ??= new Map(directory.workloads().map((one) => [nodeId(asSpelled(one)), one]));
    return spelled.get(nodeId(asSpelled({ namespace, kind, name }))) ?? { namespace, kind, name };
  };
}

function asSpelled({ namespace, kind, name }: ObjectRef): ObjectRef {
  return { namespace: mangled(namespace), kind, name: mangled(name) };
}

function mangled(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, "_");
}

const METRICS: ChartMetrics = {
  requests: OSM_REQUESTS,
  failed: { label: CODE, op: "=~", value: "5.." },
  buckets: BUCKETS,
  received: ENVOY_RECEIVED_BYTES,
  sent: ENVOY_SENT_BYTES,
};

function scopeOf(subject: ChartSubject, directory: Directory): ChartScope {
  switch (subject.kind) {
    case "edge":
      return {
        calls: [...place(SOURCE, [subject.source]), ...destinations([subject.service], directory)],
        connections: [...place(SOURCE_LABELS, [subject.source]), cluster(clustersPattern([subject.service]))],
        by: [],
      };
    case "service":
      return { ...toServices([subject.service], directory), by: [] };
    case "workload":
      return {
        calls: [ANSWERED, ...place(subject.direction === "out" ? SOURCE : DESTINATION, [subject.workload])],
        connections: [
          ...place(SOURCE_LABELS, [subject.workload]),
          cluster(subject.direction === "out" ? CALLER_CLUSTERS : LOCAL_CLUSTERS),
        ],
        by: [],
      };
    case "split":
      return { ...toServices(subject.backends, directory), by: [...DESTINATION, CLUSTER_LABEL] };
    case "mesh":
      return { calls: [ANSWERED], connections: [cluster(CALLER_CLUSTERS)], by: [] };
  }
}

function toServices(services: readonly string[], directory: Directory): Omit<ChartScope, "by"> {
  return { calls: destinations(services, directory), connections: [cluster(clustersPattern(services))] };
}

function cluster(pattern: string): Matcher {
  return { label: CLUSTER_LABEL, op: "=~", value: pattern };
}

/** The workloads behind services; of a service without any the one that has its name. */
function destinations(services: readonly string[], directory: Directory): readonly Matcher[] {
  const refs = services.flatMap((service) => {
    const workloads = directory.workloadsOf(service).filter((id) => directory.serviceOf(id) === service);
    const ids = workloads.length > 0 ? workloads : [service.replace("/", "/deployment/")];
    return ids.map((id) => {
      const [namespace = "", kind = "", name = ""] = id.split("/");
      return { namespace, kind, name };
    });
  });
  return place(DESTINATION, refs);
}

/** Kinds are matched whatever their case, names as they are and as they are left. */
function place([namespaceLabel, kindLabel, nameLabel]: Place, refs: readonly ObjectRef[]): readonly Matcher[] {
  const both = (texts: readonly string[]) => [...new Set(texts.flatMap((text) => [text, mangled(text)]))];
  const kinds = [...new Set(refs.map(({ kind }) => kind))];
  return [
    oneOf(namespaceLabel, both(refs.map(({ namespace }) => namespace))),
    { label: kindLabel, op: "=~", value: `(?i:${kinds.join("|")})` },
    oneOf(nameLabel, both(refs.map(({ name }) => name))),
  ];
}
