/**
 * Metric and label names. Envoy's own statistics name the destination (envoy_cluster_name is `namespace/service|port`);
 * labels of the scrape target name the source, spelled as OSM's Prometheus configuration spelled them.
 */
export const SOURCE_NAMESPACE = "source_namespace";
export const SOURCE_WORKLOAD_KIND = "source_workload_kind";
export const SOURCE_WORKLOAD_NAME = "source_workload_name";
export const SOURCE_POD = "source_pod_name";
/** Labels every sidecar scrape target carries. workload kind in lower case, for example `deployment`. */
export const SOURCE_LABELS = [SOURCE_NAMESPACE, SOURCE_WORKLOAD_KIND, SOURCE_WORKLOAD_NAME] as const;
export const CLUSTER_LABEL = "envoy_cluster_name";

export const ENVOY_REQUESTS = "envoy_cluster_upstream_rq";
export const ENVOY_REQUESTS_BY_CLASS = "envoy_cluster_upstream_rq_xx";
export const ENVOY_RESPONSE_CODE_CLASS = "envoy_response_code_class";
/** Milliseconds. */
export const ENVOY_REQUEST_TIME_BUCKET = "envoy_cluster_upstream_rq_time_bucket";
export const ENVOY_CONNECTIONS_TOTAL = "envoy_cluster_upstream_cx_total";
export const ENVOY_CONNECT_FAILURES = "envoy_cluster_upstream_cx_connect_fail";
export const ENVOY_TLS_HANDSHAKES = "envoy_cluster_ssl_handshake";
export const ENVOY_RECEIVED_BYTES = "envoy_cluster_upstream_cx_rx_bytes_total";
export const ENVOY_SENT_BYTES = "envoy_cluster_upstream_cx_tx_bytes_total";
/** Open now: a gauge. */
export const ENVOY_ACTIVE_CONNECTIONS = "envoy_cluster_upstream_cx_active";
/** Calls and connections that went wrong below HTTP, by how: counters by cluster. Envoy exports each from its first event on. */
export const ENVOY_FAILURES = {
  connectTimeouts: "envoy_cluster_upstream_cx_connect_timeout",
  closedByService: "envoy_cluster_upstream_cx_destroy_remote_with_active_rq",
  closedByCaller: "envoy_cluster_upstream_cx_destroy_local_with_active_rq",
  ejected: "envoy_cluster_upstream_rq_pending_failure_eject",
  overflowed: "envoy_cluster_upstream_rq_pending_overflow",
  timeouts: "envoy_cluster_upstream_rq_timeout",
  resetByService: "envoy_cluster_upstream_rq_rx_reset",
  resetByCaller: "envoy_cluster_upstream_rq_tx_reset",
  retries: "envoy_cluster_upstream_rq_retry",
} as const;
export const ENVOY_LIVE = "envoy_server_live";
/** Bytes. */
export const ENVOY_MEMORY = "envoy_server_memory_physical_size";
export const ENVOY_POLICY_ALLOWED = "envoy_http_rbac_policy_allowed";
export const ENVOY_POLICY_LABEL = "envoy_rbac_policy_name";

/**
 * Counted by the controller from Envoy's access log service. Labels: source_namespace, source_workload_kind,
 * source_workload_name, destination_namespace, destination_service (name), reason (`no-target` | `no-route`), and
 * side (`client` | `server`): who refused.
 */
export const DENIED_REQUESTS = "meshdeck_denied_requests_total";
export const DESTINATION_NAMESPACE = "destination_namespace";
export const DESTINATION_SERVICE = "destination_service";

/** Who refused: `client` or `server`. */
export const DENIED_SIDE = "side";
/** The controller's own. */
export const CONTROLLER_PROXIES = "meshdeck_proxies";
/** Seconds. */
export const CONTROLLER_RECONCILE_BUCKET = "meshdeck_reconcile_duration_seconds_bucket";
export const CONTROLLER_RECONCILES = "meshdeck_reconcile_duration_seconds_count";
export const CONTROLLER_NACKS = "meshdeck_nacks_total";
/** Seconds. */
export const CONTROLLER_INJECTION_BUCKET = "meshdeck_injection_duration_seconds_bucket";
export const CONTROLLER_INJECTIONS = "meshdeck_injection_duration_seconds_count";
export const CONTROLLER_PROBLEMS = "meshdeck_problems";
/** Unix seconds. */
export const CERTIFICATE_EXPIRY = "meshdeck_certificate_expiry_timestamp_seconds";
export const PROCESS_CPU = "process_cpu_seconds_total";
/** Bytes. */
export const PROCESS_MEMORY = "process_resident_memory_bytes";

/** The upper bound of a histogram's bucket. */
export const BUCKET_LABEL = "le";
/** Which query of a union a row answers. */
export const PART_LABEL = "part";

/** Every metric the queries of this folder read: what a store keeps of a sidecar's and the controller's exposition. */
export const KEPT_METRICS: readonly string[] = [
  "up",
  ENVOY_REQUESTS,
  ENVOY_REQUESTS_BY_CLASS,
  ENVOY_REQUEST_TIME_BUCKET,
  ENVOY_CONNECTIONS_TOTAL,
  ENVOY_CONNECT_FAILURES,
  ENVOY_TLS_HANDSHAKES,
  ENVOY_RECEIVED_BYTES,
  ENVOY_SENT_BYTES,
  ENVOY_ACTIVE_CONNECTIONS,
  ...Object.values(ENVOY_FAILURES),
  ENVOY_LIVE,
  ENVOY_MEMORY,
  ENVOY_POLICY_ALLOWED,
  DENIED_REQUESTS,
  CONTROLLER_PROXIES,
  CONTROLLER_RECONCILE_BUCKET,
  CONTROLLER_RECONCILES,
  CONTROLLER_NACKS,
  CONTROLLER_INJECTION_BUCKET,
  CONTROLLER_INJECTIONS,
  CONTROLLER_PROBLEMS,
  CERTIFICATE_EXPIRY,
  PROCESS_CPU,
  PROCESS_MEMORY,
];

/** The service behind a cluster name of Envoy's statistics (`namespace/service|port`). null for clusters that are no mesh service (xds, local clusters with a third part, ...). */
export function parseClusterName(text: string): { namespace: string; name: string; port: number } | null {
  const match = /^([^/|]+)\/([^/|]+)\|(\d+)$/.exec(text);
  return match?.[1] && match[2] ? { namespace: match[1], name: match[2], port: Number(match[3]) } : null;
}

/** Reads the name of a sidecar's own side of a service, `namespace/service|port|local`; null for every other cluster. */
export function parseLocalClusterName(text: string): { namespace: string; name: string; port: number } | null {
  return text.endsWith("|local") ? parseClusterName(text.slice(0, -"|local".length)) : null;
}
