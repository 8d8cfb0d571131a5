import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { MeshPort, MeshService } from "@/lib/mesh/model";
import {
  type HeaderMatcher,
  type RetryPolicySchema,
  type RouteAction,
  type RouteMatch,
  type RouteSchema,
  VirtualHostSchema,
} from "@/server/xds/gen/envoy/config/route/v3/route_components_pb";
import { PreviousHostsPredicateSchema } from "@/server/xds/gen/envoy/extensions/retry/host/previous_hosts/v3/previous_hosts_pb";
import { RegexMatcherSchema } from "@/server/xds/gen/envoy/type/matcher/v3/regex_pb";
import { SENT, UNANSWERED_HEADER, UNSENT, upstreamCluster } from "@/server/xds/names";
import { isHttp } from "./clusters";
import { hostDomains } from "./hosts";
import { headersOf, methodIn } from "./matchers";
import { encode, milliseconds, pack } from "./pack";
import { type Outcome, type SplitPlan, toService, toSplit } from "./upstream-action";

type RouteInit = MessageInitShape<typeof RouteSchema>;
interface Match {
  readonly pathSpecifier: RouteMatch["pathSpecifier"];
  readonly headers: readonly HeaderMatcher[];
}

/** Methods a caller may repeat without asking (RFC 9110, safe methods). */
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];
/** What surely did not reach an application, whatever the method. */
const RETRY_UNSENT = "connect-failure,refused-stream,reset-before-request,retriable-headers";
const RETRY_UNANSWERED = `${RETRY_UNSENT},reset`;
const RETRIES = 3;

export interface ServicePortRoute {
  readonly service: MeshService;
  readonly port: MeshPort;
  readonly split: SplitPlan | null;
  readonly callerNamespace: string;
}

/** All spellings of one port of a service a caller may reach, and where they lead. Bytes of a VirtualHost. */
export function buildVirtualHost(options: ServicePortRoute): Uint8Array {
  return encode(VirtualHostSchema, {
    name: upstreamCluster(options.service.key, options.port.port),
    domains: [...hostDomains(options.service, options.port, options.callerNamespace)],
    ...(isHttp(options.port.protocol)
      ? { routes: httpRoutes(options), retryPolicy: retryPolicy(false) }
      : { routes: [tcpRoute(options)] }),
  });
}

function httpRoutes({ service, port, split }: ServicePortRoute): RouteInit[] {
  const whole = split === null || split.matches.length > 0 ? toService(service, port.port) : toSplit(split);
  const parts = split?.matches ?? [];
  return [
    ...parts.flatMap((part) =>
      split === null ? [] : retried({ pathSpecifier: path(part.pathRegex), headers: headersOf(part) }, toSplit(split)),
    ),
    ...retried({ pathSpecifier: { case: "prefix", value: "/" }, headers: [] }, whole),
  ];
}

function path(regex: string): RouteMatch["pathSpecifier"] {
  return { case: "safeRegex", value: create(RegexMatcherSchema, { regex }) };
}

/** Two routes to one place: a safe request may also be repeated after it was sent, so that a pod's end loses none of them. */
function retried(match: Match, outcome: Outcome): RouteInit[] {
  if (outcome.case === "directResponse") return [{ match: { ...match, headers: [...match.headers] }, action: outcome }];
  return [
    requestRoute({ ...match, headers: [...match.headers, methodIn(SAFE_METHODS)] }, outcome.clusters, true),
    requestRoute(match, outcome.clusters, false),
  ];
}

function requestRoute(match: Match, clusterSpecifier: RouteAction["clusterSpecifier"], safe: boolean): RouteInit {
  return {
    match: { ...match, headers: [...match.headers] },
    action: {
      case: "route",
      // No timeout, as in OSM: streams and slow answers are the application's matter. Idle streams end after five minutes.
      value: {
        clusterSpecifier,
        timeout: milliseconds(0),
        // Any other route has the virtual host's policy.
        ...(safe ? { retryPolicy: retryPolicy(true) } : {}),
      },
    },
  };
}

function retryPolicy(safe: boolean): MessageInitShape<typeof RetryPolicySchema> {
  return {
    retryOn: safe ? RETRY_UNANSWERED : RETRY_UNSENT,
    numRetries: RETRIES,
    // Envoy's own waiting time (25 ms, growing) is right; another pod is better than the same one.
    retryHostPredicate: [
      {
        name: "envoy.retry_host_predicates.previous_hosts",
        configType: { case: "typedConfig", value: pack(PreviousHostsPredicateSchema, {}) },
      },
    ],
    hostSelectionRetryMaxAttempts: 3n,
    retriableHeaders: (safe ? [UNSENT, SENT] : [UNSENT]).map((value) => ({
      name: UNANSWERED_HEADER,
      headerMatchSpecifier: {
        case: "stringMatch" as const,
        value: { matchPattern: { case: "exact" as const, value } },
      },
    })),
  };
}

/** HTTP CONNECT to `service:port`: what is inside the tunnel goes to the service as it is. */
function tcpRoute({ service, port, split }: ServicePortRoute): RouteInit {
  const outcome = split === null ? toService(service, port.port) : toSplit(split);
  const match: RouteInit["match"] = { pathSpecifier: { case: "connectMatcher", value: {} } };
  if (outcome.case === "directResponse") return { match, action: outcome };
  return {
    match,
    action: {
      case: "route",
      value: {
        clusterSpecifier: outcome.clusters,
        timeout: milliseconds(0),
        idleTimeout: milliseconds(0),
        upgradeConfigs: [{ upgradeType: "CONNECT", connectConfig: {} }],
      },
    },
  };
}
