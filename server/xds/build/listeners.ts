import type { MessageInitShape } from "@bufbuild/protobuf";
import { SIDECAR_CONFIG_PORT, SIDECAR_OUTBOUND_PORT, SIDECAR_STATS_PORT } from "@/lib/kube/names";
import { TrafficDirection } from "@/server/xds/gen/envoy/config/core/v3/base_pb";
import type { FilterSchema } from "@/server/xds/gen/envoy/config/listener/v3/listener_components_pb";
import { ListenerSchema } from "@/server/xds/gen/envoy/config/listener/v3/listener_pb";
import {
  HttpConnectionManager_ForwardClientCertDetails as ClientCertDetails,
  HttpConnectionManager_CodecType as Codec,
} from "@/server/xds/gen/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb";
import { RBACSchema } from "@/server/xds/gen/envoy/extensions/filters/network/rbac/v3/rbac_pb";
import { TcpProxySchema } from "@/server/xds/gen/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy_pb";
import {
  CONFIG_LISTENER,
  INBOUND_LOG,
  inboundListener,
  inboundRoutes,
  METRICS_CLUSTER,
  OUTBOUND_LISTENER,
  OUTBOUND_LOG,
  OUTBOUND_ROUTES,
  STATS_LISTENER,
} from "@/server/xds/names";
import { httpAccessLog, tcpAccessLog } from "./access-log";
import { denyAllFilter, httpConnectionManager, routerFilter } from "./http-filters";
import { inboundReplies, outboundReplies } from "./local-replies";
import { encode, fromAds, milliseconds, pack, socketAddress } from "./pack";
import { type PortAccess, tcpRules } from "./rbac";
import { downstreamTls } from "./tls";

type FilterInit = MessageInitShape<typeof FilterSchema>;

/** Where the pod's application sends its calls: HTTP by Host or absolute URL, and CONNECT for TCP. */
export function buildOutboundListener(loopback: string, identity: string): Uint8Array {
  const manager = httpConnectionManager({
    statPrefix: "outbound",
    codecType: Codec.AUTO,
    routeSpecifier: { case: "rds", value: { configSource: fromAds(), routeConfigName: OUTBOUND_ROUTES } },
    httpFilters: [routerFilter()],
    upgradeConfigs: [{ upgradeType: "websocket" }, { upgradeType: "CONNECT" }],
    http2ProtocolOptions: { allowConnect: true },
    accessLog: [httpAccessLog(OUTBOUND_LOG)],
    localReplyConfig: outboundReplies(identity),
  });
  return encode(ListenerSchema, {
    name: OUTBOUND_LISTENER,
    address: socketAddress(loopback, SIDECAR_OUTBOUND_PORT),
    trafficDirection: TrafficDirection.OUTBOUND,
    statPrefix: "outbound",
    filterChains: [{ filters: [manager] }],
  });
}

export interface InboundListener {
  readonly address: string;
  readonly targetPort: number;
  /** Whose pod it is. */
  readonly identity: string;
}

/** A served HTTP port: mutual TLS, rules by `rds-inbound.PORT`. */
export function buildInboundHttpListener(options: InboundListener): Uint8Array {
  const { identity, targetPort } = options;
  const manager = httpConnectionManager({
    statPrefix: statPrefix(targetPort),
    codecType: Codec.AUTO,
    routeSpecifier: { case: "rds", value: { configSource: fromAds(), routeConfigName: inboundRoutes(targetPort) } },
    httpFilters: [denyAllFilter(), routerFilter()],
    upgradeConfigs: [{ upgradeType: "websocket" }],
    http2ProtocolOptions: { allowConnect: true },
    // The application learns who calls; what the caller itself wrote there is dropped.
    forwardClientCertDetails: ClientCertDetails.SANITIZE_SET,
    setCurrentClientCertDetails: { uri: true },
    accessLog: [httpAccessLog(INBOUND_LOG)],
    localReplyConfig: inboundReplies(identity),
  });
  return inbound(options, ["h2", "http/1.1"], [manager]);
}

/** A served TCP port. Rules are the listener's own: they hold for connections made from now on. */
export function buildInboundTcpListener(
  options: InboundListener,
  localCluster: string,
  access: PortAccess,
): Uint8Array {
  const rules: FilterInit = {
    name: "envoy.filters.network.rbac",
    configType: {
      case: "typedConfig",
      value: pack(RBACSchema, { rules: tcpRules(access), statPrefix: `${statPrefix(options.targetPort)}.` }),
    },
  };
  const proxy: FilterInit = {
    name: "envoy.filters.network.tcp_proxy",
    configType: {
      case: "typedConfig",
      value: pack(TcpProxySchema, {
        statPrefix: statPrefix(options.targetPort),
        clusterSpecifier: { case: "cluster", value: localCluster },
        idleTimeout: milliseconds(0),
      }),
    },
  };
  // The listener's log, not the proxy's: a connection that the rules refuse never gets to the proxy.
  return inbound(options, [], [rules, proxy], [tcpAccessLog(INBOUND_LOG)]);
}

function inbound(
  options: InboundListener,
  alpn: readonly string[],
  filters: FilterInit[],
  accessLog: ReturnType<typeof tcpAccessLog>[] = [],
): Uint8Array {
  return encode(ListenerSchema, {
    name: inboundListener(options.targetPort),
    address: socketAddress(options.address, options.targetPort),
    trafficDirection: TrafficDirection.INBOUND,
    statPrefix: statPrefix(options.targetPort),
    accessLog,
    filterChains: [{ filters, transportSocket: downstreamTls(options.identity, alpn) }],
  });
}

/** Statistics and readiness for scrapers and probes, and nothing else of Envoy's admin interface. */
export function buildStatsListener(address: string): Uint8Array {
  return encode(ListenerSchema, {
    name: STATS_LISTENER,
    address: socketAddress(address, SIDECAR_STATS_PORT),
    trafficDirection: TrafficDirection.INBOUND,
    statPrefix: "stats",
    filterChains: [{ filters: [adminManager(STATS_LISTENER, "stats", ["/stats/prometheus", "/ready"])] }],
  });
}

/** What Envoy has, for the controller alone: who shows another certificate gets no connection (docs/adr/0017). */
export function buildConfigListener(address: string, identity: string, controllerId: string): Uint8Array {
  const transportSocket = downstreamTls(identity, ["http/1.1"], controllerId);
  return encode(ListenerSchema, {
    name: CONFIG_LISTENER,
    address: socketAddress(address, SIDECAR_CONFIG_PORT),
    trafficDirection: TrafficDirection.INBOUND,
    statPrefix: "config",
    filterChains: [{ filters: [adminManager(CONFIG_LISTENER, "config", ["/config_dump"])], transportSocket }],
  });
}

/** Reads of these paths of Envoy's admin interface: it acts on POST, and that is not offered. */
function adminManager(name: string, prefix: string, paths: readonly string[]): FilterInit {
  const isGet = {
    name: ":method",
    headerMatchSpecifier: {
      case: "stringMatch" as const,
      value: { matchPattern: { case: "exact" as const, value: "GET" } },
    },
  };
  const routes = paths.map((path) => ({
    match: { pathSpecifier: { case: "path" as const, value: path }, headers: [isGet] },
    action: {
      case: "route" as const,
      value: { clusterSpecifier: { case: "cluster" as const, value: METRICS_CLUSTER } },
    },
  }));
  const virtualHosts = [{ name, domains: ["*"], routes }];
  return httpConnectionManager({
    statPrefix: prefix,
    codecType: Codec.AUTO,
    httpFilters: [routerFilter()],
    routeSpecifier: { case: "routeConfig", value: { name, validateClusters: false, virtualHosts } },
  });
}

/** Without dots: Envoy's own rules for labels end a prefix at the first one. */
function statPrefix(targetPort: number): string {
  return `inbound_${targetPort}`;
}
