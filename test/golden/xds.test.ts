/**
 * Every golden model that has a file here, as Envoy resources: test/golden/xds/CASE.json is what is built of
 * test/golden/mesh/CASE/model.json for each of its pods. UPDATE_GOLDEN=1 writes what comes out.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRegistry, type DescMessage, fromBinary, type JsonValue, toJson } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { MeshModel } from "@/lib/mesh/model";
import { ClusterSchema } from "@/server/xds/gen/envoy/config/cluster/v3/cluster_pb";
import { ClusterLoadAssignmentSchema } from "@/server/xds/gen/envoy/config/endpoint/v3/endpoint_pb";
import { ListenerSchema } from "@/server/xds/gen/envoy/config/listener/v3/listener_pb";
import { RouteConfigurationSchema } from "@/server/xds/gen/envoy/config/route/v3/route_pb";
import {
  HttpGrpcAccessLogConfigSchema,
  TcpGrpcAccessLogConfigSchema,
} from "@/server/xds/gen/envoy/extensions/access_loggers/grpc/v3/als_pb";
import { RBACPerRouteSchema, RBACSchema } from "@/server/xds/gen/envoy/extensions/filters/http/rbac/v3/rbac_pb";
import { RouterSchema } from "@/server/xds/gen/envoy/extensions/filters/http/router/v3/router_pb";
import { HttpConnectionManagerSchema } from "@/server/xds/gen/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb";
import { RBACSchema as NetworkRbacSchema } from "@/server/xds/gen/envoy/extensions/filters/network/rbac/v3/rbac_pb";
import { TcpProxySchema } from "@/server/xds/gen/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy_pb";
import { PreviousHostsPredicateSchema } from "@/server/xds/gen/envoy/extensions/retry/host/previous_hosts/v3/previous_hosts_pb";
import { SecretSchema } from "@/server/xds/gen/envoy/extensions/transport_sockets/tls/v3/secret_pb";
import {
  DownstreamTlsContextSchema,
  UpstreamTlsContextSchema,
} from "@/server/xds/gen/envoy/extensions/transport_sockets/tls/v3/tls_pb";
import { HttpProtocolOptionsSchema } from "@/server/xds/gen/envoy/extensions/upstreams/http/v3/http_protocol_options_pb";
import { RESOURCE_TYPES, type ResourceType } from "@/server/xds/names";
import { MeshSnapshot } from "@/server/xds/snapshot/mesh-snapshot";

const SCHEMAS: Readonly<Record<ResourceType, DescMessage>> = {
  CDS: ClusterSchema,
  EDS: ClusterLoadAssignmentSchema,
  LDS: ListenerSchema,
  RDS: RouteConfigurationSchema,
  SDS: SecretSchema,
};
const registry = createRegistry(
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
const FOLDER = join(process.cwd(), "test/golden/xds");

describe("golden Envoy resources", () => {
  const cases = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ""));

  it.each(cases)("%s", (name) => {
    const text = readFileSync(join(process.cwd(), "test/golden/mesh", name, "model.json"), "utf8");
    const built = build(JSON.parse(text) as MeshModel);
    const path = join(FOLDER, `${name}.json`);
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, `${JSON.stringify(built, null, 1)}\n`);
    expect(existsSync(path)).toBe(true);
    expect(built).toEqual(JSON.parse(readFileSync(path, "utf8")));
  });
});

/** By pod, then by type. What several pods get is written once, at the first of them. */
function build(model: MeshModel): Record<string, Record<string, JsonValue>> {
  const snapshot = new MeshSnapshot();
  snapshot.update(model);
  const seen = new Map<object, string>();
  const pods: Record<string, Record<string, JsonValue>> = {};
  for (const pod of Object.values(model.workloads)) {
    const view = snapshot.view(pod);
    const written: Record<string, JsonValue> = {};
    for (const type of RESOURCE_TYPES) {
      for (const resource of view?.[type].all() ?? []) {
        const first = seen.get(resource);
        const message = fromBinary(SCHEMAS[type], resource.bytes);
        written[`${type} ${resource.name}`] = first ? `as of ${first}` : toJson(SCHEMAS[type], message, { registry });
        if (!first) seen.set(resource, pod.key);
      }
    }
    pods[pod.key] = written;
  }
  return pods;
}
