import { create } from "@bufbuild/protobuf";
import type { AppProtocol } from "@/lib/mesh/model";
import {
  Cluster_DiscoveryType,
  Cluster_LbPolicy,
  ClusterSchema,
} from "@/server/xds/gen/envoy/config/cluster/v3/cluster_pb";
import { RoutingPriority } from "@/server/xds/gen/envoy/config/core/v3/base_pb";
import type { LocalityLbEndpoints } from "@/server/xds/gen/envoy/config/endpoint/v3/endpoint_components_pb";
import { LocalityLbEndpointsSchema } from "@/server/xds/gen/envoy/config/endpoint/v3/endpoint_components_pb";
import { HttpProtocolOptionsSchema } from "@/server/xds/gen/envoy/extensions/upstreams/http/v3/http_protocol_options_pb";
import { localCluster, METRICS_CLUSTER, upstreamCluster } from "@/server/xds/names";
import { encode, fromAds, milliseconds, pack, socketAddress } from "./pack";
import { upstreamTls } from "./tls";

const HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
const CONNECT_TIMEOUT_MS = 2000;
/** Envoy's defaults (1,024, 3 retries) are limits nobody asked for. Real limits will come from OSM's UpstreamTrafficSetting. */
const UNLIMITED = 4_294_967_295;

/** What a service's cluster is made of, for any caller. */
export interface ClusterSeed {
  readonly service: string;
  readonly fqdn: string;
  readonly port: number;
  readonly protocol: AppProtocol;
  /** SPIFFE ids of those who may answer, sorted. */
  readonly spiffeIds: readonly string[];
}

export function isHttp(protocol: AppProtocol): boolean {
  return protocol === "http" || protocol === "grpc";
}

/** `namespace/service|port` as `identity` calls it: endpoints by EDS, mutual TLS, HTTP/2 between sidecars. */
export function buildUpstreamCluster(seed: ClusterSeed, identity: string): Uint8Array {
  const http = isHttp(seed.protocol);
  return encode(ClusterSchema, {
    name: upstreamCluster(seed.service, seed.port),
    clusterDiscoveryType: { case: "type", value: Cluster_DiscoveryType.EDS },
    edsClusterConfig: { edsConfig: fromAds() },
    connectTimeout: milliseconds(CONNECT_TIMEOUT_MS),
    lbPolicy: Cluster_LbPolicy.LEAST_REQUEST,
    // A pod that left is not called again, whatever outlier detection last thought of it.
    ignoreHealthOnHostRemoval: true,
    circuitBreakers: {
      thresholds: [
        {
          priority: RoutingPriority.DEFAULT,
          maxConnections: UNLIMITED,
          maxPendingRequests: UNLIMITED,
          maxRequests: UNLIMITED,
          maxRetries: UNLIMITED,
        },
      ],
    },
    // Only a pod that cannot be connected to is set aside. What an application answers is its own matter: ejecting for
    // 5xx would bend the shares of a traffic split.
    outlierDetection: {
      splitExternalLocalOriginErrors: true,
      consecutiveLocalOriginFailure: 3,
      enforcingConsecutiveLocalOriginFailure: 100,
      enforcingLocalOriginSuccessRate: 0,
      enforcingConsecutive5xx: 0,
      enforcingConsecutiveGatewayFailure: 0,
      enforcingSuccessRate: 0,
      interval: milliseconds(1000),
      baseEjectionTime: milliseconds(5000),
      maxEjectionTime: milliseconds(30_000),
      maxEjectionPercent: 50,
    },
    ...(http ? { typedExtensionProtocolOptions: { [HTTP_OPTIONS]: http2Options() } } : {}),
    transportSocket: upstreamTls({
      identity,
      spiffeIds: seed.spiffeIds,
      serverName: seed.fqdn,
      alpn: http ? ["h2"] : [],
    }),
  });
}

/** `namespace/service|port|local`: from the sidecar to its own application, in the clear on the pod's loopback. */
export function buildLocalCluster(options: {
  service: string;
  port: number;
  protocol: AppProtocol;
  loopback: string;
  targetPort: number;
}): Uint8Array {
  const name = localCluster(options.service, options.port);
  return encode(ClusterSchema, {
    ...staticCluster(name, options.loopback, options.targetPort),
    ...(options.protocol === "grpc" ? { typedExtensionProtocolOptions: { [HTTP_OPTIONS]: http2Options() } } : {}),
  });
}

export function buildMetricsCluster(loopback: string, adminPort: number): Uint8Array {
  return encode(ClusterSchema, staticCluster(METRICS_CLUSTER, loopback, adminPort));
}

function staticCluster(name: string, address: string, port: number) {
  return {
    name,
    clusterDiscoveryType: { case: "type" as const, value: Cluster_DiscoveryType.STATIC },
    connectTimeout: milliseconds(CONNECT_TIMEOUT_MS),
    circuitBreakers: {
      thresholds: [
        {
          priority: RoutingPriority.DEFAULT,
          maxConnections: UNLIMITED,
          maxPendingRequests: UNLIMITED,
          maxRequests: UNLIMITED,
          maxRetries: UNLIMITED,
        },
      ],
    },
    loadAssignment: { clusterName: name, endpoints: [endpoints([{ address, port }])] },
  };
}

/** One locality with these addresses. */
export function endpoints(addresses: readonly { address: string; port: number }[]): LocalityLbEndpoints {
  return create(LocalityLbEndpointsSchema, {
    lbEndpoints: addresses.map(({ address, port }) => ({
      hostIdentifier: { case: "endpoint" as const, value: { address: socketAddress(address, port) } },
    })),
  });
}

function http2Options() {
  return pack(HttpProtocolOptionsSchema, {
    upstreamProtocolOptions: {
      case: "explicitHttpConfig",
      value: {
        protocolConfig: {
          case: "http2ProtocolOptions",
          value: {
            // WebSockets travel between sidecars as extended CONNECT.
            allowConnect: true,
            connectionKeepalive: { interval: milliseconds(30_000), timeout: milliseconds(5000) },
          },
        },
      },
    },
  });
}
