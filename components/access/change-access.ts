/** Drafts that let a source in or keep it out: which objects to write, computed from what is there. Nothing is written here. */
import type { ObjectChange } from "@/components/changes/object-change";
import type { AccessDestination } from "@/lib/contract/access";
import type { KubeObject } from "@/lib/kube/objects";
import { parseKey } from "@/lib/kube/refs";
import type { TargetRule, TrafficTarget } from "@/lib/smi/hub";
import { readSmi } from "@/lib/smi/read";
import { writeSmi } from "@/lib/smi/write";

export interface PolicyObjects {
  readonly targets: readonly KubeObject[];
  readonly routeGroups: readonly KubeObject[];
  readonly tcpRoutes: readonly KubeObject[];
}

const NEW_TARGET_VERSION = "access.smi-spec.io/v1alpha3";
const LONGEST_NAME = 63;

export function readTargets(objects: readonly KubeObject[]): { hub: TrafficTarget; object: KubeObject }[] {
  return objects.flatMap((object) => {
    const reading = readSmi(object);
    return reading.ok && reading.value.kind === "TrafficTarget" ? [{ hub: reading.value, object }] : [];
  });
}

/**
 * New TrafficTargets that let `source` (identity key) call every identity behind the destination: a split's root answers
 * by several. The rules are those that other callers of that identity have, else every route of its namespace.
 */
export function allowDrafts(source: string, destination: AccessDestination, objects: PolicyObjects): ObjectChange[] {
  const from = parseKey(source);
  const targets = readTargets(objects.targets);
  return destination.identities.map((identity) => {
    const to = parseKey(identity);
    const rules = rulesTowards(identity, destination, targets, objects);
    const taken = new Set(targets.filter(({ hub }) => hub.namespace === to.namespace).map(({ hub }) => hub.name));
    const hub: TrafficTarget = {
      kind: "TrafficTarget",
      apiVersion: NEW_TARGET_VERSION,
      namespace: to.namespace,
      name: freeName(from.name === to.name ? `${from.namespace}-to-${to.name}` : `${from.name}-to-${to.name}`, taken),
      ...{ uid: null, resourceVersion: null, createdAt: null },
      destination: { kind: "ServiceAccount", name: to.name, namespace: to.namespace, port: null },
      rules,
      sources: [{ kind: "ServiceAccount", name: from.name, namespace: from.namespace }],
    };
    return { base: null, put: writeSmi(hub) };
  });
}

/** Takes `source` out of the named TrafficTargets (`namespace/name`); one that names nobody else is deleted. */
export function denyDrafts(source: string, policies: readonly string[], objects: PolicyObjects): ObjectChange[] {
  const from = parseKey(source);
  return readTargets(objects.targets)
    .filter(({ hub }) => policies.includes(`${hub.namespace}/${hub.name}`))
    .map(({ hub, object }) => {
      const sources = hub.sources.filter((one) => one.name !== from.name || one.namespace !== from.namespace);
      return { base: object, put: sources.length === 0 ? null : writeSmi({ ...hub, sources }, object) };
    });
}

function rulesTowards(
  identity: string,
  destination: AccessDestination,
  targets: readonly { hub: TrafficTarget }[],
  objects: PolicyObjects,
): TargetRule[] {
  const kind = destination.protocol === "tcp" ? "TCPRoute" : "HTTPRouteGroup";
  const { namespace, name } = parseKey(identity);
  const known = new Map<string, TargetRule>();
  for (const { hub } of targets) {
    if (hub.destination.name !== name || hub.destination.namespace !== namespace) continue;
    for (const rule of hub.rules) if (rule.kind === kind && !known.has(rule.name)) known.set(rule.name, rule);
  }
  if (known.size > 0) return [...known.values()];
  const routes = kind === "TCPRoute" ? objects.tcpRoutes : objects.routeGroups;
  return routes
    .filter((route) => route.metadata.namespace === namespace)
    .map((route) => ({ kind, name: route.metadata.name, matches: null }));
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.slice(0, LONGEST_NAME - 3);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
