/**
 * Who may call a served port, as Envoy RBAC: one policy per grant, named as the grant, so that grants add up and Envoy's
 * statistics and logs say which TrafficTarget let a call in (docs/adr/0004).
 */
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Grant, GrantRoute } from "@/lib/mesh/model";
import {
  type PermissionSchema,
  type PolicySchema,
  type PrincipalSchema,
  type RBAC,
  RBAC_Action,
  RBACSchema,
} from "@/server/xds/gen/envoy/config/rbac/v3/rbac_pb";
import { headersOf } from "./matchers";

/** Name of the one policy of permissive mode. */
export const PERMISSIVE_POLICY = "permissive";

/** What decides about one served port of one identity. */
export interface PortAccess {
  /** null: permissive mode, every identity of the trust domain may call. */
  readonly grants: readonly ResolvedGrant[] | null;
  readonly trustDomain: string;
}

/** A grant with its callers as SPIFFE ids. */
export interface ResolvedGrant {
  readonly grant: Grant;
  readonly spiffeIds: readonly string[];
}

/** Rules that let nobody in: what stands below every route. */
export const DENY_ALL: RBAC = create(RBACSchema, { action: RBAC_Action.ALLOW, policies: {} });

/** Rules for requests. */
export function httpRules(access: PortAccess): RBAC {
  return rules(access, ({ grant }) => routePermission(grant.route));
}

/** Rules for connections: a grant of routes says nothing about bytes, so it lets no connection in. */
export function tcpRules(access: PortAccess): RBAC {
  return rules(access, ({ grant }) => (grant.route === null ? ANY : null));
}

const ANY: MessageInitShape<typeof PermissionSchema> = { rule: { case: "any", value: true } };

function rules(
  { grants, trustDomain }: PortAccess,
  permission: (grant: ResolvedGrant) => MessageInitShape<typeof PermissionSchema> | null,
): RBAC {
  const policies: Record<string, MessageInitShape<typeof PolicySchema>> = {};
  if (grants === null) {
    const anyone = authenticated({ case: "prefix", value: `spiffe://${trustDomain}/` });
    policies[PERMISSIVE_POLICY] = { permissions: [ANY], principals: [anyone] };
  } else {
    for (const resolved of grants) {
      const allowed = permission(resolved);
      // Envoy refuses a policy without principals; a grant whose callers do not exist lets nobody in anyway.
      if (allowed === null || resolved.spiffeIds.length === 0) continue;
      policies[resolved.grant.policy] = {
        permissions: [allowed],
        principals: resolved.spiffeIds.map((value) => authenticated({ case: "exact", value })),
      };
    }
  }
  return create(RBACSchema, { action: RBAC_Action.ALLOW, policies });
}

function authenticated(pattern: { case: "exact" | "prefix"; value: string }): MessageInitShape<typeof PrincipalSchema> {
  return { identifier: { case: "authenticated", value: { principalName: { matchPattern: pattern } } } };
}

function routePermission(route: GrantRoute | null): MessageInitShape<typeof PermissionSchema> {
  if (route === null) return ANY;
  const asked: MessageInitShape<typeof PermissionSchema>[] = headersOf(route).map((value) => ({
    rule: { case: "header", value },
  }));
  if (route.pathRegex !== ".*") {
    asked.push({
      rule: {
        case: "urlPath",
        value: {
          rule: {
            case: "path",
            value: { matchPattern: { case: "safeRegex", value: { regex: route.pathRegex } } },
          },
        },
      },
    });
  }
  const [only] = asked;
  if (only === undefined) return ANY;
  return asked.length === 1 ? only : { rule: { case: "andRules", value: { rules: asked } } };
}
