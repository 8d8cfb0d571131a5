/** Patterns for =~ and !~ matchers. */

/** A literal as an RE2 that matches nothing else. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Clusters of a service as its callers' sidecars name them (`namespace/service|port`), whatever the port. */
export function clusterPattern(serviceKey: string): string {
  return `${literal(serviceKey)}\\|[0-9]+`;
}

/** Clusters of any of these services. */
export function clustersPattern(serviceKeys: readonly string[]): string {
  return `(${serviceKeys.map(literal).join("|")})\\|[0-9]+`;
}

/** Every cluster of a service, on the caller's side. */
export const CALLER_CLUSTERS = "[^/|]+/[^/|]+\\|[0-9]+";
/** Every cluster of a service on the side of the pods behind it (`namespace/service|port|local`). */
export const LOCAL_CLUSTERS = "[^/|]+/[^/|]+\\|[0-9]+\\|local";
/** Both sides. */
export const SERVICE_CLUSTERS = "[^/|]+/[^/|]+\\|[0-9]+(\\|local)?";
