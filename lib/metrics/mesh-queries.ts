/** What the whole graph costs: four queries, whatever the number of namespaces, services and workloads. */
import {
  BUCKET_LABEL,
  CLUSTER_LABEL,
  DENIED_REQUESTS,
  DENIED_SIDE,
  DESTINATION_NAMESPACE,
  DESTINATION_SERVICE,
  ENVOY_CONNECT_FAILURES,
  ENVOY_CONNECTIONS_TOTAL,
  ENVOY_RECEIVED_BYTES,
  ENVOY_REQUEST_TIME_BUCKET,
  ENVOY_REQUESTS_BY_CLASS,
  ENVOY_RESPONSE_CODE_CLASS,
  ENVOY_SENT_BYTES,
  ENVOY_TLS_HANDSHAKES,
  SOURCE_LABELS,
  SOURCE_WORKLOAD_NAME,
} from "./names";
import { CALLER_CLUSTERS, SERVICE_CLUSTERS } from "./pattern";
import type { InstantQuery, Matcher, RateQuery, Sample, StoreQuery } from "./query";

/**
 * - `requests`: per second by source, cluster and response code class; `|local` clusters are what workloads received
 * - `latency`: bucket rates by source, cluster and `le`: every quantile of every edge out of one answer
 * - `connections`: by source and cluster, in parts (CONNECTION_PARTS)
 * - `denied`: refused calls per second by source, destination and the side that refused
 */
export type MeshQueryName = "requests" | "latency" | "connections" | "denied";
export type MeshSamples = Readonly<Record<MeshQueryName, readonly Sample[]>>;

export const NO_SAMPLES: MeshSamples = { requests: [], latency: [], connections: [], denied: [] };

/** `…Total`: since the sidecars started. The others: per second. */
export type ConnectionPart =
  | "openedTotal"
  | "failedTotal"
  | "handshakesTotal"
  | "opened"
  | "failed"
  | "received"
  | "sent";

const EDGE = [...SOURCE_LABELS, CLUSTER_LABEL];
const FROM_SIDECAR: Matcher = { label: SOURCE_WORKLOAD_NAME, op: "!=", value: "" };

/** `windowSeconds`: what rates are taken over; at least two scrapes long. */
export function meshQueries(windowSeconds: number): Readonly<Record<MeshQueryName, StoreQuery>> {
  const rate = (metric: string, clusters: string, by: readonly string[]): RateQuery => ({
    kind: "rate",
    selector: { metric, matchers: [FROM_SIDECAR, { label: CLUSTER_LABEL, op: "=~", value: clusters }] },
    windowSeconds,
    by,
  });
  const total = (metric: string): InstantQuery => ({
    kind: "instant",
    aggregation: "sum",
    selector: { metric, matchers: [FROM_SIDECAR, { label: CLUSTER_LABEL, op: "=~", value: CALLER_CLUSTERS }] },
    by: EDGE,
  });
  const parts: Readonly<Record<ConnectionPart, InstantQuery | RateQuery>> = {
    openedTotal: total(ENVOY_CONNECTIONS_TOTAL),
    failedTotal: total(ENVOY_CONNECT_FAILURES),
    handshakesTotal: total(ENVOY_TLS_HANDSHAKES),
    opened: rate(ENVOY_CONNECTIONS_TOTAL, SERVICE_CLUSTERS, EDGE),
    failed: rate(ENVOY_CONNECT_FAILURES, SERVICE_CLUSTERS, EDGE),
    received: rate(ENVOY_RECEIVED_BYTES, CALLER_CLUSTERS, EDGE),
    sent: rate(ENVOY_SENT_BYTES, CALLER_CLUSTERS, EDGE),
  };
  return {
    requests: rate(ENVOY_REQUESTS_BY_CLASS, SERVICE_CLUSTERS, [...EDGE, ENVOY_RESPONSE_CODE_CLASS]),
    latency: rate(ENVOY_REQUEST_TIME_BUCKET, CALLER_CLUSTERS, [...EDGE, BUCKET_LABEL]),
    connections: { kind: "union", parts },
    denied: {
      kind: "rate",
      selector: { metric: DENIED_REQUESTS, matchers: [] },
      windowSeconds,
      by: [...SOURCE_LABELS, DESTINATION_NAMESPACE, DESTINATION_SERVICE, DENIED_SIDE],
    },
  };
}
