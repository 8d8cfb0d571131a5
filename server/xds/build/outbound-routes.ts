import type { MessageInitShape } from "@bufbuild/protobuf";
import type { MeshService } from "@/lib/mesh/model";
import { type RouteSchema, VirtualHostSchema } from "@/server/xds/gen/envoy/config/route/v3/route_components_pb";
import { RouteConfigurationSchema } from "@/server/xds/gen/envoy/config/route/v3/route_pb";
import { DENIED_ROUTE, OUTBOUND_ROUTES, UNANSWERED_HEADER } from "@/server/xds/names";
import { escapeRegex, headerRegex } from "./matchers";
import { encode } from "./pack";
import { answer } from "./upstream-action";

const VIRTUAL_HOSTS_FIELD = 2;
/** Names in one regular expression: keeps each program small whatever the size of the mesh. */
const NAMES_PER_ROUTE = 50;

/**
 * `rds-outbound` from the bytes of its virtual hosts. Messages of one repeated field can be appended to each other, so
 * a change of one service costs one virtual host.
 */
export function joinOutboundRoutes(virtualHosts: readonly Uint8Array[]): Uint8Array {
  const head = encode(RouteConfigurationSchema, {
    name: OUTBOUND_ROUTES,
    // Weights over a missing Service are meant to answer 503, not to be refused as a whole.
    validateClusters: false,
    // Between sidecars only: the caller's has already acted on it when the answer goes on to the application.
    responseHeadersToRemove: [UNANSWERED_HEADER],
  });
  return concat([head, ...virtualHosts.flatMap((bytes) => delimited(VIRTUAL_HOSTS_FIELD, bytes))]);
}

/**
 * The host of everything else. Names of services that exist but that policy keeps from this identity answer 403, any
 * other 404; the listener's local reply writes what the caller reads. Names only: it is small, and the same for every
 * identity that is denied the same services.
 */
export function buildCatchAll(denied: readonly MeshService[], callerNamespace: string): Uint8Array {
  const patterns = deniedPatterns(denied, callerNamespace);
  const refusal = answer(403, "meshdeck: denied by policy\n");
  const unknown = answer(404, "meshdeck: no such host\n");
  return encode(VirtualHostSchema, {
    name: "everything-else",
    domains: ["*"],
    routes: [
      ...patterns.flatMap((pattern) => bothKinds(DENIED_ROUTE, refusal, pattern)),
      ...bothKinds("unknown", unknown, null),
    ],
  });
}

/** Requests and CONNECTs are matched by different routes. */
function bothKinds(
  name: string,
  action: ReturnType<typeof answer>,
  authority: string | null,
): MessageInitShape<typeof RouteSchema>[] {
  const headers = authority === null ? [] : [headerRegex(":authority", authority)];
  return [
    { name, match: { pathSpecifier: { case: "prefix", value: "/" }, headers }, action },
    { name, match: { pathSpecifier: { case: "connectMatcher", value: {} }, headers }, action },
  ];
}

function deniedPatterns(denied: readonly MeshService[], callerNamespace: string): readonly string[] {
  const byNamespace = new Map<string, MeshService[]>();
  for (const service of denied) {
    const list = byNamespace.get(service.namespace);
    if (list) list.push(service);
    else byNamespace.set(service.namespace, [service]);
  }
  const patterns: string[] = [];
  for (const [namespace, services] of byNamespace) {
    for (let start = 0; start < services.length; start += NAMES_PER_ROUTE) {
      const names = oneOf(services.slice(start, start + NAMES_PER_ROUTE).map((service) => service.name));
      const suffix = `\\.${escapeRegex(namespace)}(\\.svc(\\.cluster(\\.[a-z0-9.-]+)?)?)?`;
      patterns.push(`(?i)${names}${namespace === callerNamespace ? `(${suffix})?` : suffix}(:\\d+)?`);
    }
  }
  const addresses = denied.flatMap(({ clusterIP }) => (clusterIP && clusterIP !== "None" ? [clusterIP] : []));
  for (let start = 0; start < addresses.length; start += NAMES_PER_ROUTE) {
    patterns.push(`${oneOf(addresses.slice(start, start + NAMES_PER_ROUTE))}(:\\d+)?`);
  }
  return patterns;
}

function oneOf(names: readonly string[]): string {
  return `(${names.map(escapeRegex).join("|")})`;
}

/** A length-delimited protobuf field: tag, length, bytes. */
function delimited(field: number, bytes: Uint8Array): readonly Uint8Array[] {
  const head: number[] = [(field << 3) | 2];
  let length = bytes.length;
  while (length > 127) {
    head.push((length & 127) | 128);
    length >>>= 7;
  }
  head.push(length);
  return [Uint8Array.from(head), bytes];
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
