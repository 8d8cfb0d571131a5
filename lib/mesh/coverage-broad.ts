/** Matches of HTTPRouteGroups that are wider than the calls that were seen of them. */
import type { SeenKind } from "./coverage";
import type { Grant, GrantRoute, MeshModel } from "./model";
import { regexOf } from "./regex";
import { compareText, grouped, sortedSet } from "./shape";

export interface BroadRule {
  readonly kind: "broad-methods" | "broad-path";
  /** HTTPRouteGroup (`namespace/name`) and the match in it; what is said counts for every TrafficTarget that names it. */
  readonly group: string;
  readonly match: string;
  readonly targets: readonly string[];
  /** What it allows: methods (empty: any), or the expression for paths. */
  readonly allowed: readonly string[];
  /** What was seen of it: methods, or path templates. */
  readonly seen: readonly string[];
  /** How many calls that is read from. */
  readonly calls: number;
}

/** Paths nobody serves on purpose: an expression that fits all of them lets in any path. */
const ANYWHERE = ["/", "/zq-8", "/zq-8/xv/kj.html", "/.zq/../8"];
/** More kinds of path than this are no list to narrow a rule to. */
const MOST_PATHS = 12;

/** Nothing is said of a match of which no call was seen. Sorted by group and match. */
export function broadRules(model: MeshModel, kinds: readonly SeenKind[]): BroadRule[] {
  const byPolicy = grouped(kinds, ({ policy }) => policy);
  const matches = grouped(
    model.grants.filter(({ route }) => route !== null),
    ({ route }) => `${route?.group}/${route?.match}`,
  );
  return [...matches]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, grants]) => {
      const seen = grants.flatMap(({ policy }) => byPolicy.get(policy) ?? []);
      const route = grants[0]?.route;
      return route && seen.length > 0 ? broadOf(route, grants, seen) : [];
    });
}

function broadOf(route: GrantRoute, grants: readonly Grant[], seen: readonly SeenKind[]): BroadRule[] {
  const about = {
    group: route.group,
    match: route.match,
    targets: sortedSet(grants.map(({ target }) => target)),
    calls: seen.reduce((sum, { count }) => sum + count, 0),
  };
  const methods = sortedSet(seen.map(({ method }) => method));
  const paths = sortedSet(seen.map(({ path }) => path));
  const found: BroadRule[] = [];
  if (route.methods.length === 0 || route.methods.some((method) => !methods.includes(method))) {
    found.push({ kind: "broad-methods", ...about, allowed: route.methods, seen: methods });
  }
  if (fitsAnything(route.pathRegex) && paths.length <= MOST_PATHS) {
    found.push({ kind: "broad-path", ...about, allowed: [route.pathRegex], seen: paths });
  }
  return found;
}

function fitsAnything(expression: string): boolean {
  const regex = regexOf(expression);
  return regex.ok && ANYWHERE.every((path) => regex.matches(path));
}

/** The largest share of calls that a sample of this size may have missed, with 95 % confidence (the rule of three). */
export function unseenShare(calls: number): number {
  return calls === 0 ? 1 : Math.min(1, 3 / calls);
}
