/** The names Meshdeck gives to what it puts into Envoy. OSM's, where OSM has one (reference: OSM v1.2.4). */

export type ResourceType = "CDS" | "EDS" | "LDS" | "RDS" | "SDS";

/** In the order an ADS stream is served: what is named comes before what names it. */
export const RESOURCE_TYPES: readonly ResourceType[] = ["CDS", "EDS", "SDS", "LDS", "RDS"];

const TYPE_URLS: Readonly<Record<ResourceType, string>> = {
  CDS: "type.googleapis.com/envoy.config.cluster.v3.Cluster",
  EDS: "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment",
  LDS: "type.googleapis.com/envoy.config.listener.v3.Listener",
  RDS: "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
  SDS: "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret",
};

export function typeUrl(type: ResourceType): string {
  return TYPE_URLS[type];
}

export function resourceType(url: string): ResourceType | null {
  return RESOURCE_TYPES.find((type) => TYPE_URLS[type] === url) ?? null;
}

/** Static cluster of the bootstrap that leads to the controller. The access log goes there too. */
export const CONTROLLER_CLUSTER = "meshdeck-controller";
/** Leads to Envoy's own admin interface; only the statistics and the configuration listener use it. */
export const METRICS_CLUSTER = "envoy-metrics-cluster";

export const OUTBOUND_LISTENER = "outbound-listener";
export const STATS_LISTENER = "stats-listener";
export const CONFIG_LISTENER = "config-listener";
export const OUTBOUND_ROUTES = "rds-outbound";

/** Names of the two access logs: they tell which side of a call an entry is from. */
export const OUTBOUND_LOG = "outbound";
export const INBOUND_LOG = "inbound";

/** Route names that start so are calls which the caller's own sidecar refused by policy. */
export const DENIED_ROUTE = "denied";
/** Response header of every refusal by policy: the identity, or for the caller's own refusal the host, that was not to be called. */
export const DENIED_HEADER = "x-meshdeck-denied";
/** Response header of a 503 for a request that the called application did not answer: SENT, or UNSENT when it never got it. */
export const UNANSWERED_HEADER = "x-meshdeck-unanswered";
export const SENT = "sent";
export const UNSENT = "unsent";

export function inboundListener(targetPort: number): string {
  return `inbound-listener.${targetPort}`;
}

export function inboundRoutes(targetPort: number): string {
  return `rds-inbound.${targetPort}`;
}

/** `namespace/service|port`, the destination in every statistic of a caller. */
export function upstreamCluster(serviceKey: string, port: number): string {
  return `${serviceKey}|${port}`;
}

export function localCluster(serviceKey: string, port: number): string {
  return `${serviceKey}|${port}|local`;
}

/** Reads upstreamCluster back. null: a cluster that is not a service as others call it. */
export function parseCluster(name: string): { serviceKey: string; port: number } | null {
  const match = /^([^|/]+\/[^|/]+)\|(\d+)$/.exec(name);
  return match?.[1] && match[2] ? { serviceKey: match[1], port: Number(match[2]) } : null;
}

export function serviceCertificate(identity: string): string {
  return `service-cert:${identity}`;
}

export function rootCertificate(identity: string): string {
  return `root-cert:${identity}`;
}

/** Who the controller is to sidecars. One part after the trust domain: no workload can be called so. */
export function controllerSpiffeId(trustDomain: string): string {
  return `spiffe://${trustDomain}/meshdeck-controller`;
}

/** `spiffe://<trust domain>/<serviceaccount>/<namespace>` to the identity key; null when it is anything else. */
export function identityOfSpiffeId(uri: string, trustDomain: string): string | null {
  const prefix = `spiffe://${trustDomain}/`;
  if (!uri.startsWith(prefix)) return null;
  const [serviceAccount, namespace, ...rest] = uri.slice(prefix.length).split("/");
  return serviceAccount && namespace && rest.length === 0 ? `${namespace}/${serviceAccount}` : null;
}
