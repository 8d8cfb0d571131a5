/** TrafficTargets into grants. A rule that is broken grants nothing, and never makes another rule grant more. */
import { fieldPath } from "@/lib/smi/field-path";
import type { TrafficTarget } from "@/lib/smi/hub";
import type { Grant } from "./model";
import type { Report } from "./report";
import type { RouteCatalog } from "./routes";
import { sortedSet } from "./shape";
import { grantedMatches, grantedPorts, isHttp, narrow } from "./target-rules";

/** What a target is read against. */
export interface TargetScope {
  readonly identities: ReadonlySet<string>;
  readonly meshed: ReadonlySet<string>;
  readonly routes: RouteCatalog;
}

export interface TargetContext extends TargetScope {
  readonly report: Report;
}

export function grantsOf(target: TrafficTarget, context: TargetContext): readonly Grant[] {
  const destination = destinationOf(target, context);
  const sources = sourcesOf(target, context);
  const rules = rulesOf(target, context);
  if (destination === null || sources.length === 0 || rules === null) return [];
  const key = `${target.namespace}/${target.name}`;
  const shared = { target: key, sources, destination };
  return rules.map(({ suffix, ports, route }) => ({ ...shared, policy: `${key}/${suffix}`, ports, route }));
}

function destinationOf(target: TrafficTarget, { identities, meshed, report }: TargetContext): string | null {
  const { kind, name, namespace } = target.destination;
  const at = fieldPath(target, "destination");
  if (kind !== "ServiceAccount") {
    const message = `${at}.kind is ${kind}, but only a ServiceAccount is an identity, so the target grants nothing; name the ServiceAccount of the pods.`;
    report("TargetKindUnsupported", target, `${at}.kind`, message);
    return null;
  }
  if (namespace !== target.namespace) {
    const message = `${at}.namespace is ${namespace}, but a TrafficTarget protects identities of its own namespace ${target.namespace} only, so it grants nothing; move it to namespace ${namespace}.`;
    report("TargetNamespaceMismatch", target, `${at}.namespace`, message);
    return null;
  }
  const identity = `${namespace}/${name}`;
  if (identities.has(identity)) return identity;
  const message = `${at}.name is ${name}, but ${missingAccount(namespace, meshed)}, so the target grants nothing; create it or name another.`;
  report("TargetDestinationMissing", target, `${at}.name`, message);
  return null;
}

function sourcesOf(target: TrafficTarget, { identities, meshed, report }: TargetContext): readonly string[] {
  if (target.sources.length === 0) {
    const field = fieldPath(target, "sources");
    const message = `${field} is empty, so the target grants nothing; add the ServiceAccounts that may call.`;
    report("TargetWithoutSources", target, field, message);
  }
  const sources: string[] = [];
  for (const [index, { kind, name, namespace }] of target.sources.entries()) {
    const field = fieldPath(target, `sources[${index}]`);
    const identity = `${namespace}/${name}`;
    if (kind !== "ServiceAccount") {
      const message = `${field}.kind is ${kind}, but only a ServiceAccount is an identity, so this source is ignored; name the ServiceAccount of the calling pods.`;
      report("TargetKindUnsupported", target, `${field}.kind`, message);
    } else if (!identities.has(identity)) {
      const message = `${field}.name is ${name}, but ${missingAccount(namespace, meshed)}, so nobody calls as this source; create it or take the source out.`;
      report("TargetSourceMissing", target, `${field}.name`, message);
    } else {
      sources.push(identity);
    }
  }
  return sortedSet(sources);
}

function missingAccount(namespace: string, meshed: ReadonlySet<string>): string {
  return meshed.has(namespace)
    ? `namespace ${namespace} has no ServiceAccount of that name`
    : `namespace ${namespace} is not part of the mesh`;
}

interface ResolvedRule {
  readonly suffix: string;
  readonly ports: readonly number[];
  readonly route: Grant["route"];
}

/** null: nothing is granted. */
function rulesOf(target: TrafficTarget, { routes, report }: TargetContext): readonly ResolvedRule[] | null {
  if (target.rules.length === 0) {
    const field = fieldPath(target, "rules");
    const message = `${field} is empty, so the target grants nothing; name an HTTPRouteGroup or a TCPRoute.`;
    report("TargetWithoutRules", target, field, message);
    return null;
  }
  const ports = grantedPorts(target, routes, report);
  const matches = grantedMatches(target, routes, report);
  if (ports === null) return null;
  if (target.rules.some(isHttp)) {
    return matches.map(({ policy, route }) => ({ suffix: policy, ports, route }));
  }
  const names = sortedSet(target.rules.filter((rule) => rule.kind === "TCPRoute").map((rule) => rule.name));
  return names.flatMap((name) => {
    const own = routes.tcpRoute(`${target.namespace}/${name}`);
    const narrowed = own === null ? null : narrow(own, target.destination.port);
    return narrowed === null ? [] : [{ suffix: `TCPRoute/${name}`, ports: narrowed, route: null }];
  });
}
