import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FilterSchema } from "@/server/xds/gen/envoy/config/listener/v3/listener_components_pb";
import { RBACSchema } from "@/server/xds/gen/envoy/extensions/filters/http/rbac/v3/rbac_pb";
import { RouterSchema } from "@/server/xds/gen/envoy/extensions/filters/http/router/v3/router_pb";
import {
  type HttpConnectionManager_CodecType,
  HttpConnectionManagerSchema,
  type HttpFilterSchema,
} from "@/server/xds/gen/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb";
import { pack } from "./pack";
import { DENY_ALL } from "./rbac";

export const HTTP_RBAC = "envoy.filters.http.rbac";

type HttpFilterInit = MessageInitShape<typeof HttpFilterSchema>;
export type ManagerInit = Omit<MessageInitShape<typeof HttpConnectionManagerSchema>, "$typeName" | "$unknown"> & {
  codecType?: HttpConnectionManager_CodecType;
};

/** Denies all. Without it in the chain a route's own rules would be accepted and never asked (Envoy fails open there). */
export function denyAllFilter(): HttpFilterInit {
  return {
    name: HTTP_RBAC,
    configType: { case: "typedConfig", value: pack(RBACSchema, { rules: DENY_ALL, trackPerRuleStats: true }) },
  };
}

export function routerFilter(): HttpFilterInit {
  return { name: "envoy.filters.http.router", configType: { case: "typedConfig", value: pack(RouterSchema, {}) } };
}

/** The network filter that speaks HTTP, with what every one of ours has in common. */
export function httpConnectionManager(options: ManagerInit): MessageInitShape<typeof FilterSchema> {
  return {
    name: "envoy.filters.network.http_connection_manager",
    configType: {
      case: "typedConfig",
      value: pack(HttpConnectionManagerSchema, {
        // Rules are about paths as they are meant, not about spellings of them.
        normalizePath: true,
        ...options,
      }),
    },
  };
}
