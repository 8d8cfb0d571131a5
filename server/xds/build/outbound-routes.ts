import type { MessageInitShape } from "@bufbuild/protobuf";
import type { MeshService } from "@/lib/mesh/model";
import { type RouteSchema, VirtualHostSchema } from "@/server/xds/gen/envoy/config/route/v3/route_components_pb";
import { RouteConfigurationSchema } from "@/server/xds/gen/envoy/config/route/v3/route_pb";
import { DENIED_ROUTE, OUTBOUND_ROUTES, UNANSWERED_HEADER } from "@/server/xds/names";
import { encode } from "./pack";
import { answer } from "./upstream-action";

const VIRTUAL_HOSTS_FIELD = 2;

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
 * The hosts of everything else: names of services that exist but that policy keeps from this identity answer 403, any other
 * 404; the listener's local reply writes what the caller reads. By domains, not by a regular expression over names: Envoy
 * refuses large programs, and looks domains up by hash.
 */
export function buildCatchAll(denied: readonly MeshService[], callerNamespace: string): readonly Uint8Array[] {
  const unknown = encode(VirtualHostSchema, {
    name: "everything-else",
    domains: ["*"],
    routes: bothKinds("unknown", answer(404, "meshdeck: no such host\n")),
  });
  const domains = new Set(denied.flatMap((service) => deniedDomains(service, callerNamespace)));
  if (domains.size === 0) return [unknown];
  const refused = encode(VirtualHostSchema, {
    name: "denied",
    domains: [...domains],
    routes: bothKinds(DENIED_ROUTE, answer(403, "meshdeck: denied by policy\n")),
  });
  return [refused, unknown];
}

/** Requests and CONNECTs are matched by different routes. */
function bothKinds(name: string, action: ReturnType<typeof answer>): MessageInitShape<typeof RouteSchema>[] {
  return [
    { name, match: { pathSpecifier: { case: "prefix", value: "/" } }, action },
    { name, match: { pathSpecifier: { case: "connectMatcher", value: {} } }, action },
  ];
}

/** As few as cover every spelling with every port: a domain may end in a star. */
function deniedDomains({ name, namespace, clusterIP }: MeshService, callerNamespace: string): readonly string[] {
  const dotted = `${name}.${namespace}`;
  return [
    ...(namespace === callerNamespace ? [name, `${name}:*`] : []),
    dotted,
    `${dotted}:*`,
    `${dotted}.svc*`,
    ...(clusterIP && clusterIP !== "None" ? [clusterIP, `${clusterIP}:*`] : []),
  ];
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
