/** "May this call pass, and if not, what is missing?" asked of the model that enforces the answer. */
import { answeringServices, coversPort } from "./access";
import { accessIndex, type TargetPort } from "./access-index";
import { type Call, type Missing, missingFor } from "./missing";
import type { Grant, MeshModel } from "./model";
import { fitRoute, type RoutePart } from "./route-match";
import { own, sortedSet } from "./shape";

export { mayCall, reachableServices } from "./access";
export type { Call, Missing } from "./missing";

export interface Explanation {
  /** Every destination the call may be sent to lets it in. */
  readonly allowed: boolean;
  /** Allowed because the mesh asks for no policy at all. */
  readonly permissive: boolean;
  /** Only some of the split's backends (or of the service's identities) let it in. */
  readonly partial: boolean;
  /** The grants that let it in, sorted by policy. */
  readonly grants: readonly Grant[];
  /** What keeps it out, one for each destination identity; empty when allowed. */
  readonly missing: readonly Missing[];
  /** Parts of the call that were not given and on which the grants depend. */
  readonly dependsOn: readonly RoutePart[];
}

/**
 * Explains a call from `sourceIdentity` (identity key) to `service` (service key). Parts that are not given are unknown:
 * the call counts as allowed when some call with those parts is, and `dependsOn` names them.
 */
export function explain(model: MeshModel, call: Call): Explanation {
  const permissive = model.policyMode === "permissive";
  const service = own(model.services, call.service);
  const knownSource = Object.hasOwn(model.identities, call.sourceIdentity);
  const portKnown = call.port === undefined || service?.ports.some(({ port }) => port === call.port);
  if (service === undefined || !knownSource || !portKnown) {
    const reason = !knownSource ? "unknown-source" : service === undefined ? "unknown-service" : "unknown-port";
    return refused([missingFor(model, call, { reason })]);
  }
  if (permissive) return { allowed: true, permissive, partial: false, grants: [], missing: [], dependsOn: [] };
  const destinations = destinationsOf(model, call);
  if (destinations.length === 0) return refused([missingFor(model, call, { reason: "no-pods" })]);
  return combine(destinations.map((destination) => judge(model, call, destination)));
}

interface Destination {
  readonly service: string;
  readonly identity: string;
  readonly ports: readonly TargetPort[];
}

interface Verdict {
  readonly grants: readonly Grant[];
  readonly missing: Missing | null;
  readonly dependsOn: readonly RoutePart[];
}

/** Services whose pods may answer this very call: a split with matches sends what fits one of them to its backends. */
function answeringThe(model: MeshModel, call: Call): readonly string[] {
  const services = answeringServices(model, call.service);
  const split = own(model.splits, call.service);
  if (split === undefined || split.matches.length === 0) return services;
  const fits = split.matches.map((route) => fitRoute(route, call));
  if (fits.some(({ against, unknown }) => against.length === 0 && unknown.length === 0)) {
    const backends = new Set(split.backends.map(({ service }) => service));
    return services.filter((service) => backends.has(service));
  }
  return fits.every(({ against }) => against.length > 0) ? [call.service] : services;
}

/** Identities that may answer, by service. A backend of a split that gets no share, or lacks the port, answers nothing. */
function destinationsOf(model: MeshModel, call: Call): readonly Destination[] {
  const { targetPorts } = accessIndex(model);
  const idle = new Set(
    own(model.splits, call.service)?.backends.flatMap((one) => (one.weight === 0 ? [one.service] : [])),
  );
  return answeringThe(model, call).flatMap((service) => {
    if (service !== call.service && idle.has(service)) return [];
    const ports = (targetPorts.get(service) ?? []).filter(
      ({ servicePort }) => call.port === undefined || servicePort === call.port,
    );
    return sortedSet(ports.map(({ identity }) => identity)).map((identity) => ({
      service,
      identity,
      ports: ports.filter((port) => port.identity === identity),
    }));
  });
}

function judge(model: MeshModel, call: Call, destination: Destination): Verdict {
  const index = accessIndex(model);
  const { service, identity, ports } = destination;
  const targeted = (index.grantsBySource.get(call.sourceIdentity) ?? []).filter(
    (grant) => grant.destination === identity,
  );
  const onPort = targeted.filter((grant) => ports.some((port) => coversPort(grant, port)));
  const fits = onPort.map((grant) => ({ grant, fit: grant.route === null ? null : fitRoute(grant.route, call) }));
  const passing = fits.filter(({ fit }) => fit === null || fit.against.length === 0);
  if (passing.length > 0) {
    // A grant that fits without question settles it, whatever the others still depend on.
    const sure = passing.some(({ fit }) => fit === null || fit.unknown.length === 0);
    const dependsOn = sure ? [] : passing.flatMap(({ fit }) => fit?.unknown ?? []);
    return { grants: passing.map(({ grant }) => grant), missing: null, dependsOn };
  }
  const reason = onPort.length > 0 ? "no-route" : targeted.length === 0 ? "no-target" : portReason(targeted, ports);
  const near = onPort.length > 0 ? onPort : targeted;
  return { grants: [], missing: missingFor(model, call, { reason, service, identity, near }), dependsOn: [] };
}

/** The grants are for other ports, or they are HTTP rules and the port speaks TCP. */
function portReason(targeted: readonly Grant[], ports: readonly TargetPort[]): "no-port" | "tcp-port" {
  const tcpOnly = ports.length > 0 && ports.every(({ http }) => !http);
  return tcpOnly && targeted.every(({ route }) => route !== null) ? "tcp-port" : "no-port";
}

function combine(verdicts: readonly Verdict[]): Explanation {
  const missing = verdicts.flatMap((verdict) => (verdict.missing === null ? [] : [verdict.missing]));
  const grants = new Map(verdicts.flatMap((verdict) => verdict.grants.map((grant) => [grant.policy, grant])));
  const allowed = missing.length === 0;
  return {
    allowed,
    permissive: false,
    partial: !allowed && grants.size > 0,
    grants: sortedSet(grants.keys()).flatMap((policy) => grants.get(policy) ?? []),
    missing,
    dependsOn: sortedSet(verdicts.flatMap((verdict) => verdict.dependsOn)).filter(isPart),
  };
}

function isPart(text: string): text is RoutePart {
  return text === "method" || text === "path" || text === "headers";
}

function refused(missing: readonly Missing[]): Explanation {
  return { allowed: false, permissive: false, partial: false, grants: [], missing, dependsOn: [] };
}
