/** What the charts of an edge, a service, a workload or a split are drawn from: one range query each. */
import type { ObjectRef } from "@/lib/kube/refs";
import {
  CLUSTER_LABEL,
  DENIED_REQUESTS,
  DESTINATION_NAMESPACE,
  DESTINATION_SERVICE,
  ENVOY_CONNECTIONS_TOTAL,
  ENVOY_RECEIVED_BYTES,
  ENVOY_REQUEST_TIME_BUCKET,
  ENVOY_REQUESTS_BY_CLASS,
  ENVOY_RESPONSE_CODE_CLASS,
  ENVOY_SENT_BYTES,
  SOURCE_NAMESPACE,
  SOURCE_WORKLOAD_KIND,
  SOURCE_WORKLOAD_NAME,
} from "./names";
import { CALLER_CLUSTERS, clusterPattern, clustersPattern, LOCAL_CLUSTERS } from "./pattern";
import type { Matcher, SimpleQuery, UnionQuery } from "./query";

/** `source` and `workload`: the owner of pods, kind in lower case. Services are service keys (`namespace/name`). */
export type ChartSubject =
  | { readonly kind: "edge"; readonly source: ObjectRef; readonly service: string }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "workload"; readonly workload: ObjectRef; readonly direction: "in" | "out" }
  | { readonly kind: "split"; readonly backends: readonly string[] }
  | { readonly kind: "mesh" };

export type ChartUnit = "per-second" | "ms" | "bytes-per-second";
export type ChartPart = "requests" | "errors" | "denied" | "p50" | "p95" | "p99" | "connections" | "received" | "sent";

export const CHART_UNITS: Readonly<Record<ChartPart, ChartUnit>> = {
  requests: "per-second",
  errors: "per-second",
  denied: "per-second",
  p50: "ms",
  p95: "ms",
  p99: "ms",
  connections: "per-second",
  received: "bytes-per-second",
  sent: "bytes-per-second",
};

/**
 * The parts (ChartPart) of a subject's charts as one query. Rows of a split carry the cluster
 * (`namespace/service|port`); the other subjects have one row per part. `windowSeconds`: what rates are taken over.
 */
export function chartQuery(subject: ChartSubject, windowSeconds: number): UnionQuery {
  const scope = scopeOf(subject);
  const by = subject.kind === "split" ? [CLUSTER_LABEL] : [];
  const rate = (metric: string, matchers: readonly Matcher[]): SimpleQuery => {
    return { kind: "rate", selector: { metric, matchers }, windowSeconds, by };
  };
  const quantile = (q: number): SimpleQuery => {
    const selector = { metric: ENVOY_REQUEST_TIME_BUCKET, matchers: scope.calls };
    return { kind: "quantile", quantile: q, selector, windowSeconds, by };
  };
  const failed: Matcher = { label: ENVOY_RESPONSE_CODE_CLASS, op: "=", value: "5" };
  const parts: Partial<Record<ChartPart, SimpleQuery>> = {
    requests: rate(ENVOY_REQUESTS_BY_CLASS, scope.calls),
    errors: rate(ENVOY_REQUESTS_BY_CLASS, [...scope.calls, failed]),
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    connections: rate(ENVOY_CONNECTIONS_TOTAL, scope.calls),
    received: rate(ENVOY_RECEIVED_BYTES, scope.calls),
    sent: rate(ENVOY_SENT_BYTES, scope.calls),
    ...(scope.denied === null ? {} : { denied: rate(DENIED_REQUESTS, scope.denied) }),
  };
  return { kind: "union", parts: parts as Readonly<Record<string, SimpleQuery>> };
}

interface Scope {
  readonly calls: readonly Matcher[];
  /** null: refusals cannot be told apart for this subject. */
  readonly denied: readonly Matcher[] | null;
}

function scopeOf(subject: ChartSubject): Scope {
  switch (subject.kind) {
    case "edge": {
      const source = fromWorkload(subject.source);
      return {
        calls: [...source, cluster(clusterPattern(subject.service))],
        denied: [...source, ...toService(subject.service)],
      };
    }
    case "service":
      return { calls: [cluster(clusterPattern(subject.service))], denied: toService(subject.service) };
    case "workload": {
      const source = fromWorkload(subject.workload);
      return subject.direction === "out"
        ? { calls: [...source, cluster(CALLER_CLUSTERS)], denied: source }
        : { calls: [...source, cluster(LOCAL_CLUSTERS)], denied: null };
    }
    case "split":
      return { calls: [cluster(clustersPattern(subject.backends))], denied: null };
    case "mesh":
      return { calls: [cluster(CALLER_CLUSTERS)], denied: [] };
  }
}

function fromWorkload(workload: ObjectRef): readonly Matcher[] {
  return [
    { label: SOURCE_NAMESPACE, op: "=", value: workload.namespace },
    { label: SOURCE_WORKLOAD_KIND, op: "=", value: workload.kind },
    { label: SOURCE_WORKLOAD_NAME, op: "=", value: workload.name },
  ];
}

function toService(serviceKey: string): readonly Matcher[] {
  const slash = serviceKey.indexOf("/");
  return [
    { label: DESTINATION_NAMESPACE, op: "=", value: serviceKey.slice(0, slash) },
    { label: DESTINATION_SERVICE, op: "=", value: serviceKey.slice(slash + 1) },
  ];
}

function cluster(pattern: string): Matcher {
  return { label: CLUSTER_LABEL, op: "=~", value: pattern };
}
