/** Which protocol a Service port speaks: appProtocol, then the port's name, then http (as in OSM). */
import type { AppProtocol } from "./model";

/** Values of appProtocol, Kubernetes's own and the usual names, besides OSM's four. Server-first ones wait for the server. */
const BY_APP_PROTOCOL: ReadonlyMap<string, AppProtocol> = new Map([
  ["http", "http"],
  ["http2", "http"],
  ["h2c", "http"],
  ["ws", "http"],
  ["kubernetes.io/h2c", "http"],
  ["kubernetes.io/ws", "http"],
  ["grpc", "grpc"],
  ["grpc-web", "http"],
  ["tcp", "tcp"],
  ["tls", "tcp"],
  ["https", "tcp"],
  ["kubernetes.io/wss", "tcp"],
  ["mongo", "tcp"],
  ["mongodb", "tcp"],
  ["redis", "tcp"],
  ["postgres", "tcp"],
  ["postgresql", "tcp"],
  ["amqp", "tcp"],
  ["tcp-server-first", "tcp-server-first"],
  ["mysql", "tcp-server-first"],
  ["smtp", "tcp-server-first"],
  ["ftp", "tcp-server-first"],
]);

/** The longest first: `tcp-server-first-x` also begins with `tcp-`. */
const NAME_PREFIXES: readonly AppProtocol[] = ["tcp-server-first", "tcp", "grpc", "http"];

export function protocolOf(appProtocol: string | null, portName: string): AppProtocol {
  const named = appProtocol === null ? undefined : BY_APP_PROTOCOL.get(appProtocol.toLowerCase());
  if (named !== undefined) return named;
  const prefix = NAME_PREFIXES.find((protocol) => portName === protocol || portName.startsWith(`${protocol}-`));
  return prefix ?? "http";
}
