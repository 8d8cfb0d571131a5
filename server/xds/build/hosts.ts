import type { MeshPort, MeshService } from "@/lib/mesh/model";
import { isHttp } from "./clusters";

/**
 * The names a service answers to without a port: `name` (only for callers of its own namespace), `name.ns`, `name.ns.svc`,
 * `name.ns.svc.cluster`, the full name and the cluster IP. OSM's list (pkg/k8s hostnames), and the IP.
 */
export function hostNames(service: MeshService, callerNamespace: string | null): readonly string[] {
  const { name, namespace, fqdn, clusterIP } = service;
  const dotted = `${name}.${namespace}`;
  return [
    ...(callerNamespace === namespace ? [name] : []),
    dotted,
    `${dotted}.svc`,
    `${dotted}.svc.cluster`,
    fqdn,
    ...(clusterIP && clusterIP !== "None" ? [clusterIP.includes(":") ? `[${clusterIP}]` : clusterIP] : []),
  ];
}

/** The port a host without one means: 80, or the first that speaks HTTP. null: the service has none. */
export function defaultPort(service: MeshService): number | null {
  const http = service.ports.filter((port) => isHttp(port.protocol));
  return (http.find((port) => port.port === 80) ?? http[0])?.port ?? null;
}

/** Every spelling that means this port of the service. */
export function hostDomains(service: MeshService, port: MeshPort, callerNamespace: string): readonly string[] {
  const bare = defaultPort(service) === port.port;
  return hostNames(service, callerNamespace).flatMap((host) =>
    bare ? [host, `${host}:${port.port}`] : [`${host}:${port.port}`],
  );
}
