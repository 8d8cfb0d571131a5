/** What the rules of one TrafficTarget allow: the ports they narrow it to, and the HTTP matches. */
import { fieldPath } from "@/lib/smi/field-path";
import type { TargetRule, TrafficTarget } from "@/lib/smi/hub";
import type { GrantRoute } from "./model";
import type { Report } from "./report";
import { compareRoutes, type RouteCatalog } from "./routes";

/**
 * Ports all HTTP rules are held to, empty for every port; null when nothing may pass. Rules for ports add up. If none of
 * them can be resolved the target grants nothing: without its port rules it would grant more than was asked for.
 */
export function grantedPorts(target: TrafficTarget, routes: RouteCatalog, report: Report): readonly number[] | null {
  const portRules = target.rules.filter((rule) => !isHttp(rule));
  const resolved: (readonly number[])[] = [];
  for (const [index, { kind, name }] of target.rules.entries()) {
    if (kind === "HTTPRouteGroup") continue;
    const field = fieldPath(target, `rules[${index}]`);
    const ports = kind === "TCPRoute" ? routes.tcpRoute(`${target.namespace}/${name}`) : null;
    if (ports !== null) {
      resolved.push(ports);
    } else if (kind === "TCPRoute") {
      const { what, remedy } = routes.whyMissing(kind, target.namespace, name);
      const message = `${field}.name is ${name}, which names ${what}, so this rule grants nothing; ${remedy}.`;
      report("TargetRouteMissing", target, `${field}.name`, message);
    } else {
      const message = `${field}.kind is ${kind}, which is not enforced, so this rule grants nothing; use HTTPRouteGroup or TCPRoute.`;
      report("TargetRuleKindUnsupported", target, `${field}.kind`, message);
    }
  }
  if (portRules.length > 0 && resolved.length === 0) return null;
  const union = resolved.some((ports) => ports.length === 0) ? [] : resolved.flat();
  const ports = narrow(union, target.destination.port);
  if (ports === null) {
    const field = fieldPath(target, "destination.port");
    const message = `${field} is ${target.destination.port}, which is none of the ports of the TCPRoutes it names (${union.join(", ")}), so the target grants nothing; name that port in the TCPRoute.`;
    report("TargetWithoutRules", target, field, message);
  }
  return ports;
}

export interface GrantedMatch {
  /** `HTTPRouteGroup/group/match`, unique within the target. */
  readonly policy: string;
  readonly route: GrantRoute;
}

/** The HTTP matches the target's rules name, each once, in a stable order. */
export function grantedMatches(target: TrafficTarget, routes: RouteCatalog, report: Report): readonly GrantedMatch[] {
  const granted = new Set<GrantRoute>();
  for (const [index, rule] of target.rules.entries()) {
    if (!isHttp(rule)) continue;
    const field = fieldPath(target, `rules[${index}]`);
    const matches = routes.group(`${target.namespace}/${rule.name}`);
    if (matches === null) {
      const { what, remedy } = routes.whyMissing("HTTPRouteGroup", target.namespace, rule.name);
      const message = `${field}.name is ${rule.name}, which names ${what}, so this rule grants nothing; ${remedy}.`;
      report("TargetRouteMissing", target, `${field}.name`, message);
      continue;
    }
    const wanted = rule.matches === null ? null : new Set(rule.matches);
    for (const { name, route } of matches) {
      if (route !== null && (wanted === null || wanted.has(name))) granted.add(route);
    }
    reportUnknownMatches(target, index, new Set(matches.map((match) => match.name)), report);
  }
  return namePolicies([...granted].sort(compareRoutes));
}

function reportUnknownMatches(target: TrafficTarget, index: number, known: ReadonlySet<string>, report: Report): void {
  const rule = target.rules[index];
  const field = fieldPath(target, `rules[${index}].matches`);
  if (rule?.matches?.length === 0) {
    const message = `${field} is an empty list, so this rule grants nothing; name matches of ${rule.name}, or leave the field out for all of them.`;
    report("TargetMatchMissing", target, field, message);
  }
  for (const [place, name] of (rule?.matches ?? []).entries()) {
    if (known.has(name)) continue;
    const message = `${field}[${place}] is ${name}, which is no match of HTTPRouteGroup ${rule?.name}, so it grants nothing; the group has ${listed(known)}.`;
    report("TargetMatchMissing", target, `${field}[${place}]`, message);
  }
}

function listed(names: ReadonlySet<string>): string {
  return names.size === 0 ? "none" : [...names].join(", ");
}

/** Matches of one name in one group are told apart by a number, so that every policy has a name of its own. */
function namePolicies(routes: readonly GrantRoute[]): readonly GrantedMatch[] {
  const used = new Map<string, number>();
  return routes.map((route) => {
    const group = route.group.slice(route.group.indexOf("/") + 1);
    const policy = `HTTPRouteGroup/${group}/${route.match}`;
    const count = (used.get(policy) ?? 0) + 1;
    used.set(policy, count);
    return { policy: count === 1 ? policy : `${policy}#${count}`, route };
  });
}

export function isHttp(rule: TargetRule): boolean {
  return rule.kind === "HTTPRouteGroup";
}

/** `ports` (empty: every port) cut down to the destination's own port, if it names one. null: nothing is left. */
export function narrow(ports: readonly number[], destinationPort: number | null): readonly number[] | null {
  if (destinationPort === null) return [...new Set(ports)].sort((a, b) => a - b);
  return ports.length === 0 || ports.includes(destinationPort) ? [destinationPort] : null;
}
