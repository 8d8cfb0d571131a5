import { RouteConfigurationSchema } from "@/server/xds/gen/envoy/config/route/v3/route_pb";
import { RBACPerRouteSchema } from "@/server/xds/gen/envoy/extensions/filters/http/rbac/v3/rbac_pb";
import { inboundRoutes, UNANSWERED_HEADER } from "@/server/xds/names";
import { HTTP_RBAC } from "./http-filters";
import { encode, milliseconds, pack } from "./pack";
import { httpRules, type PortAccess } from "./rbac";

/**
 * `rds-inbound.PORT`: every request goes to the application, if the rules on this one route let it (docs/adr/0004). The
 * rules stand in RDS because a change there reaches connections that are already open.
 */
export function buildInboundRoutes(targetPort: number, localCluster: string, access: PortAccess): Uint8Array {
  return encode(RouteConfigurationSchema, {
    name: inboundRoutes(targetPort),
    validateClusters: false,
    // What our own sidecar says about a failed call must not be taken from the application.
    responseHeadersToRemove: [UNANSWERED_HEADER],
    virtualHosts: [
      {
        name: localCluster,
        domains: ["*"],
        routes: [
          {
            name: "inbound",
            match: { pathSpecifier: { case: "prefix", value: "/" } },
            action: {
              case: "route",
              value: {
                clusterSpecifier: { case: "cluster", value: localCluster },
                timeout: milliseconds(0),
                // An application that is just starting refuses connections; nothing was sent, so asking again is safe.
                retryPolicy: { retryOn: "connect-failure", numRetries: 2 },
              },
            },
            typedPerFilterConfig: {
              [HTTP_RBAC]: pack(RBACPerRouteSchema, { rbac: { rules: httpRules(access), trackPerRuleStats: true } }),
            },
          },
        ],
      },
    ],
  });
}
