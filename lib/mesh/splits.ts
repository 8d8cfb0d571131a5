/** TrafficSplits into the splits in force. The oldest split of a root wins; a broken backend keeps its share and answers 503. */
import type { TrafficSplit } from "@/lib/smi/hub";
import type { GrantRoute, MeshSplit, MeshSplitBackend } from "./model";
import type { Report } from "./report";
import { compareRoutes, type RouteCatalog } from "./routes";
import { serviceNamed } from "./service-name";
import type { ServiceObject } from "./service-object";
import { compareText } from "./shape";
import { resolveBackends } from "./split-backends";

export interface SplitContext {
  /** Services of meshed namespaces by key, with or without a selector. */
  readonly services: ReadonlyMap<string, ServiceObject>;
  readonly routes: RouteCatalog;
  readonly report: Report;
}

/** A split that has its root to itself. */
interface Claim {
  readonly split: TrafficSplit;
  readonly root: ServiceObject;
}

export function resolveSplits(splits: readonly TrafficSplit[], context: SplitContext): readonly MeshSplit[] {
  const claims = claimRoots(splits, context);
  const roots = new Set(claims.map(({ root }) => root.key));
  return claims.flatMap(({ split, root }) => {
    const backends: readonly MeshSplitBackend[] = resolveBackends({ split, root, roots }, context);
    const matches = matchesOf(split, context);
    if (matches === null) return [];
    return [{ name: `${split.namespace}/${split.name}`, root: root.key, backends, matches }];
  });
}

function claimRoots(splits: readonly TrafficSplit[], context: SplitContext): readonly Claim[] {
  const holders = new Map<string, Claim>();
  for (const split of [...splits].sort(compareAge)) {
    const root = rootOf(split, context);
    if (root === null) continue;
    const holder = holders.get(root.key)?.split;
    if (holder === undefined) {
      holders.set(root.key, { split, root });
      continue;
    }
    const message = `spec.service is ${split.service}, which TrafficSplit ${holder.name} already splits (${reasonOf(holder, split)}), so this one is ignored; delete one of the two.`;
    context.report("SplitConflict", split, "spec.service", message);
  }
  return [...holders.values()].sort((a, b) => compareText(a.root.key, b.root.key));
}

/** Oldest first; one the API server has not dated yet is the newest. Then by name, so that the order is total. */
function compareAge(a: TrafficSplit, b: TrafficSplit): number {
  return (
    compareText(a.createdAt ?? "~", b.createdAt ?? "~") ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name)
  );
}

function reasonOf(holder: TrafficSplit, other: TrafficSplit): string {
  return holder.createdAt === other.createdAt ? "it comes first by name" : "it is older";
}

function rootOf(split: TrafficSplit, { services, report }: SplitContext): ServiceObject | null {
  const named = serviceNamed(split.service);
  const namespace = named?.namespace ?? split.namespace;
  const root = named === null ? undefined : services.get(`${namespace}/${named.name}`);
  if (root !== undefined && namespace === split.namespace) return root;
  const [what, remedy] =
    namespace === split.namespace
      ? [`which names no Service of namespace ${namespace}`, "create the Service or correct the name"]
      : [`a Service of another namespace than the split's own`, `move the split to namespace ${namespace}`];
  const message = `spec.service is ${split.service}, ${what}, so nothing is split; ${remedy}.`;
  report("SplitRootMissing", split, "spec.service", message);
  return null;
}

/** Routes that are split, empty for every request; null when the split names groups and none of them can be used. */
function matchesOf(split: TrafficSplit, { routes, report }: SplitContext): readonly GrantRoute[] | null {
  if (split.matches.length === 0) return [];
  const usable: GrantRoute[] = [];
  for (const [index, name] of split.matches.entries()) {
    const group = routes.group(`${split.namespace}/${name}`);
    if (group === null) {
      const field = `spec.matches[${index}].name`;
      const { what, remedy } = routes.whyMissing("HTTPRouteGroup", split.namespace, name);
      const message = `${field} is ${name}, which names ${what}, so its requests are not split and go to ${split.service}; ${remedy}.`;
      report("SplitMatchesUnsupported", split, field, message);
    }
    for (const { route } of group ?? []) if (route !== null) usable.push(route);
  }
  return usable.length === 0 ? null : usable.sort(compareRoutes);
}
