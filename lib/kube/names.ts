/** OSM's labels, annotations and well-known names (reference: OSM v1.2.4 pkg/constants). Ours are under meshdeck.io. */
export const MONITORED_BY_LABEL = "openservicemesh.io/monitored-by";
export const IGNORE_LABEL = "openservicemesh.io/ignore";
export const SIDECAR_INJECTION_ANNOTATION = "openservicemesh.io/sidecar-injection";
export const METRICS_ANNOTATION = "openservicemesh.io/metrics";
/** kubectl's mark of a rollout that was asked for by hand. */
export const RESTARTED_AT_ANNOTATION = "kubectl.kubernetes.io/restartedAt";
/** On every injected pod: the id its Envoy presents as node id. */
export const PROXY_UUID_LABEL = "osm-proxy-uuid";
/** The address that stands for 127.0.0.1 of a pod's own network. Absent in a cluster (there it is 127.0.0.1). */
export const LOOPBACK_ANNOTATION = "meshdeck.io/loopback";

export const DEFAULT_MESH_NAME = "osm";
export const DEFAULT_CONTROL_NAMESPACE = "osm-system";
export const DEFAULT_TRUST_DOMAIN = "cluster.local";
export const MESH_CONFIG_NAME = "osm-mesh-config";
export const CA_BUNDLE_SECRET_NAME = "osm-ca-bundle";

export const SIDECAR_CONTAINER_NAME = "envoy";
export const SIDECAR_ADMIN_PORT = 15000;
export const SIDECAR_OUTBOUND_PORT = 15001;
export const SIDECAR_STATS_PORT = 15010;
/** Where the controller, and nobody else, reads what a sidecar has. */
export const SIDECAR_CONFIG_PORT = 15011;
export const ADS_PORT = 15128;
