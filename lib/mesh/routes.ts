/** HTTPRouteGroups and TCPRoutes, ready to be named by TrafficTargets and TrafficSplits. */
import { fieldPath } from "@/lib/smi/field-path";
import type { HttpMatch, HttpRouteGroup, TcpRoute } from "@/lib/smi/hub";
import type { GrantRoute } from "./model";
import { regexOf } from "./regex";
import type { Report } from "./report";
import { compareText, sortedRecord, sortedSet } from "./shape";
import type { SmiObjects } from "./smi-objects";

export interface RouteCatalog {
  /** Matches of a group (`namespace/name`), null when there is no such group. One that cannot be enforced has no route. */
  group(key: string): readonly CatalogMatch[] | null;
  /** Ports of a TCPRoute, empty for every port; null when there is no such route. */
  tcpRoute(key: string): readonly number[] | null;
  /** What a reference to a missing or invalid object names instead, and what to do. */
  whyMissing(kind: "HTTPRouteGroup" | "TCPRoute", namespace: string, name: string): MissingRoute;
}

export interface MissingRoute {
  /** A phrase that follows "which names". */
  readonly what: string;
  readonly remedy: string;
}

export interface CatalogMatch {
  readonly name: string;
  /** null: an expression is not RE2. Such a match lets nothing through. */
  readonly route: GrantRoute | null;
}

const ARTICLE = { HTTPRouteGroup: "an", TCPRoute: "a" } as const;

export function catalogRoutes(
  httpGroups: SmiObjects<HttpRouteGroup>,
  tcp: SmiObjects<TcpRoute>,
  report: Report,
): RouteCatalog {
  const groups = new Map(
    httpGroups.values.map((group) => [`${group.namespace}/${group.name}`, matchesOf(group, report)]),
  );
  const tcpRoutes = new Map(tcp.values.map((route) => [`${route.namespace}/${route.name}`, route.ports]));
  return {
    group: (key) => groups.get(key) ?? null,
    tcpRoute: (key) => tcpRoutes.get(key) ?? null,
    whyMissing: (kind, namespace, name) =>
      (kind === "TCPRoute" ? tcp : httpGroups).unreadable.has(`${namespace}/${name}`)
        ? { what: `${ARTICLE[kind]} ${kind} that is not valid`, remedy: "correct that object" }
        : { what: `no ${kind} of namespace ${namespace}`, remedy: "create it or name another" },
  };
}

function matchesOf(group: HttpRouteGroup, report: Report): readonly CatalogMatch[] {
  if (group.matches.length === 0) {
    const key = `${group.namespace}/${group.name}`;
    const field = fieldPath(group, "matches");
    const message = `${field} of ${key} is empty, so whatever names the group allows nothing; add a match or delete the group.`;
    report("RouteGroupEmpty", group, field, message);
  }
  return group.matches.map((match, index) => {
    const valid = isEnforceable(group, match, index, report);
    return { name: match.name, route: valid ? routeOf(group, match) : null };
  });
}

function isEnforceable(group: HttpRouteGroup, match: HttpMatch, index: number, report: Report): boolean {
  const path = fieldPath(group, `matches[${index}]`);
  const expressions: [field: string, expression: string][] = Object.entries(match.headers).map(([name, value]) => {
    return [`${path}.headers.${name}`, value];
  });
  if (match.pathRegex !== null) expressions.unshift([`${path}.pathRegex`, match.pathRegex]);
  let valid = true;
  for (const [field, expression] of expressions) {
    const regex = regexOf(expression);
    if (regex.ok) continue;
    valid = false;
    const message = `${field} is no expression that Envoy takes (${regex.reason}), so match "${match.name}" allows nothing; correct the expression.`;
    report("RouteRegexInvalid", group, field, message);
  }
  return valid;
}

function routeOf(group: HttpRouteGroup, match: HttpMatch): GrantRoute {
  const headers = Object.entries(match.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    group: `${group.namespace}/${group.name}`,
    match: match.name,
    pathRegex: match.pathRegex ?? ".*",
    methods: match.methods.includes("*") ? [] : sortedSet(match.methods),
    headers: sortedRecord(headers),
  };
}

/** A stable order of routes, whatever order their groups list them in. */
export function compareRoutes(a: GrantRoute, b: GrantRoute): number {
  return compareText(a.group, b.group) || compareText(a.match, b.match) || compareText(a.pathRegex, b.pathRegex);
}
