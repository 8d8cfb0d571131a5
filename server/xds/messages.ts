/** The messages resources are made of, and how their bytes are read back. */
import { createRegistry, type DescMessage, fromBinary, type JsonValue, toJson } from "@bufbuild/protobuf";
import { ClusterSchema } from "./gen/envoy/config/cluster/v3/cluster_pb";
import { ClusterLoadAssignmentSchema } from "./gen/envoy/config/endpoint/v3/endpoint_pb";
import { ListenerSchema } from "./gen/envoy/config/listener/v3/listener_pb";
import { RouteConfigurationSchema } from "./gen/envoy/config/route/v3/route_pb";
import {
  HttpGrpcAccessLogConfigSchema,
  TcpGrpcAccessLogConfigSchema,
} from "./gen/envoy/extensions/access_loggers/grpc/v3/als_pb";
import { RBACPerRouteSchema, RBACSchema } from "./gen/envoy/extensions/filters/http/rbac/v3/rbac_pb";
import { RouterSchema } from "./gen/envoy/extensions/filters/http/router/v3/router_pb";
import { HttpConnectionManagerSchema } from "./gen/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb";
import { RBACSchema as NetworkRbacSchema } from "./gen/envoy/extensions/filters/network/rbac/v3/rbac_pb";
import { TcpProxySchema } from "./gen/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy_pb";
import { PreviousHostsPredicateSchema } from "./gen/envoy/extensions/retry/host/previous_hosts/v3/previous_hosts_pb";
import { SecretSchema } from "./gen/envoy/extensions/transport_sockets/tls/v3/secret_pb";
import {
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
} from "./gen/envoy/extensions/transport_sockets/tls/v3/tls_pb";
import { HttpProtocolOptionsSchema } from "./gen/envoy/extensions/upstreams/http/v3/http_protocol_options_pb";
import type { ResourceType } from "./names";
import type { Resource } from "./resource";

export const SCHEMAS: Readonly<Record<ResourceType, DescMessage>> = {
  CDS: ClusterSchema,
  EDS: ClusterLoadAssignmentSchema,
  LDS: ListenerSchema,
  RDS: RouteConfigurationSchema,
  SDS: SecretSchema,
};
/** Messages that stand inside others. */
export const REGISTRY = createRegistry(
  HttpGrpcAccessLogConfigSchema,
  TcpGrpcAccessLogConfigSchema,
  RBACSchema,
  RBACPerRouteSchema,
  RouterSchema,
  HttpConnectionManagerSchema,
  NetworkRbacSchema,
  TcpProxySchema,
  PreviousHostsPredicateSchema,
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
  HttpProtocolOptionsSchema,
);

/** A resource as Envoy's JSON, secrets included. Throws when the bytes hold an extension this version does not build. */
export function resourceJson({ type, bytes }: Pick<Resource, "type" | "bytes">): JsonValue {
  const schema = SCHEMAS[type];
  return toJson(schema, fromBinary(schema, bytes), { registry: REGISTRY });
}
