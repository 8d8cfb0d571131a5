/** GET /api/access: who may call whom by the model, who does by the figures, and which policy says so. */
import type { Access, AccessCell, AccessDestination, AccessIdentity, AccessPolicy } from "@/lib/contract/access";
import { managerOf } from "@/lib/kube/managed-by";
import type { KubeObject } from "@/lib/kube/objects";
import { key } from "@/lib/kube/refs";
import { answeringServices } from "@/lib/mesh/access";
import { mayCall, reachableServices } from "@/lib/mesh/explain";
import type { Grant, MeshModel, MeshService } from "@/lib/mesh/model";
import { readSmi } from "@/lib/smi/read";
import { type Frame, topologyOf } from "./frame";
import { type ObservedPair, observedPairs, pairKey } from "./observed-pairs";
import type { PolicyUsage } from "./policy-usage";
import { problemFinder } from "./problems-of";

export function accessOf(frame: Frame, usage: PolicyUsage): Access {
  const { model, objects } = frame.mesh;
  const problems = problemFinder(model);
  return {
    at: frame.at,
    windowSeconds: frame.windowSeconds,
    policyMode: model.policyMode,
    identities: identitiesOf(model),
    destinations: Object.values(model.services).map((service) => destinationOf(model, service)),
    cells: cellsOf(model, observedPairs(topologyOf(frame))),
    policies: objects.trafficTargets
      .map((object) => policyOf(object, { model, usage, problems }))
      .sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name)),
    problems: [...model.problems],
    partial: [...frame.partial],
  };
}

function identitiesOf(model: MeshModel): AccessIdentity[] {
  const workloads = new Map<string, Set<string>>();
  for (const pod of Object.values(model.workloads)) {
    const known = workloads.get(pod.identity) ?? new Set();
    workloads.set(pod.identity, known.add(pod.workload));
  }
  return Object.values(model.identities).map(({ key: identity, namespace, serviceAccount, spiffeId }) => {
    return {
      key: identity,
      namespace,
      serviceAccount,
      spiffeId,
      workloads: [...(workloads.get(identity) ?? [])].sort(),
    };
  });
}

function destinationOf(model: MeshModel, service: MeshService): AccessDestination {
  const answering = answeringServices(model, service.key).flatMap((one) => model.services[one]?.identities ?? []);
  const protocols = new Set(service.ports.map((port) => port.protocol));
  return {
    key: service.key,
    namespace: service.namespace,
    name: service.name,
    protocol: protocols.has("http") || protocols.size === 0 ? "http" : protocols.has("grpc") ? "grpc" : "tcp",
    identities: [...new Set(answering)].sort(),
    split: model.splits[service.key]?.name ?? null,
  };
}

/** Pairs that may call or did. In permissive mode all may: only those that did are told. */
function cellsOf(model: MeshModel, observed: ReadonlyMap<string, ObservedPair>): AccessCell[] {
  const cells: AccessCell[] = [];
  const done = new Set<string>();
  const add = (source: string, destination: string) => {
    const id = pairKey(source, destination);
    if (done.has(id)) return;
    done.add(id);
    const cell = cellOf(model, observed.get(id) ?? { source, destination, requestsPerSecond: 0, deniedPerSecond: 0 });
    if (cell) cells.push(cell);
  };
  if (model.policyMode === "smi") {
    for (const source of Object.keys(model.identities)) {
      for (const destination of reachableServices(model, source)) add(source, destination);
    }
  }
  for (const { source, destination } of observed.values()) add(source, destination);
  return cells.sort((a, b) => compare(a.source, b.source) || compare(a.destination, b.destination));
}

function cellOf(model: MeshModel, pair: ObservedPair): AccessCell | null {
  const { source, destination, requestsPerSecond, deniedPerSecond } = pair;
  const grants = mayCall(model, source, destination);
  const called = requestsPerSecond > 0;
  const denied = deniedPerSecond > 0;
  const permissive = model.policyMode === "permissive";
  // Without a grant of its own a service is in reach because of its split's other backends: that is no permission.
  if (!permissive && grants.length === 0 && !called && !denied) return null;
  if (permissive && !called && !denied) return null;
  return {
    ...pair,
    state: permissive ? "permissive" : denied ? (called ? "partly-denied" : "denied") : called ? "used" : "unused",
    policies: unique(grants.map((grant) => grant.target)),
    routes: unique(grants.map(routeName)),
  };
}

interface PolicyFacts {
  readonly model: MeshModel;
  readonly usage: PolicyUsage;
  readonly problems: ReturnType<typeof problemFinder>;
}

function policyOf(object: KubeObject, { model, usage, problems }: PolicyFacts): AccessPolicy {
  const { namespace = "", name, resourceVersion = "" } = object.metadata;
  const target = `${namespace}/${name}`;
  const reading = readSmi(object);
  const hub = reading.ok && reading.value.kind === "TrafficTarget" ? reading.value : null;
  const grants = model.grants.filter((grant) => grant.target === target);
  const used = grants.map((grant) => usage.lastUsedAt.get(grant.policy)).filter((at) => at !== undefined);
  return {
    namespace,
    name,
    apiVersion: object.apiVersion,
    resourceVersion,
    sources: hub?.sources.map(key) ?? [],
    destination: hub ? key(hub.destination) : null,
    grants: grants.map((grant) => ({
      policy: grant.policy,
      route: grant.route && { ...grant.route, methods: [...grant.route.methods], headers: { ...grant.route.headers } },
      ports: [...grant.ports],
      requestsPerSecond: usage.perSecond === null ? null : (usage.perSecond.get(grant.policy) ?? 0),
    })),
    requestsPerSecond: total(grants, usage),
    lastUsedAt: used.length > 0 ? Math.max(...used) : null,
    problems: problems("TrafficTarget", target),
    managedBy: managerOf(object),
    object,
  };
}

function total(grants: readonly Grant[], { perSecond }: PolicyUsage): number | null {
  if (perSecond === null) return null;
  return grants.reduce((sum, grant) => sum + (perSecond.get(grant.policy) ?? 0), 0);
}

export function routeName(grant: Grant): string {
  if (grant.route) return `${grant.route.group}/${grant.route.match}`;
  return grant.ports.length > 0 ? `port ${grant.ports.join(", ")}` : "every port";
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
