/** GET /api/splits: what every TrafficSplit asks for, beside what its backends were seen to get. */
import type { SplitBackendView, Splits, SplitView } from "@/lib/contract/splits";
import type { Topology } from "@/lib/contract/topology";
import { managerOf } from "@/lib/kube/managed-by";
import type { KubeObject } from "@/lib/kube/objects";
import { key } from "@/lib/kube/refs";
import type { MeshModel } from "@/lib/mesh/model";
import { serviceNamed } from "@/lib/mesh/service-name";
import { splitShares } from "@/lib/mesh/split-shares";
import { wilsonInterval } from "@/lib/metrics/interval";
import type { TrafficSplit } from "@/lib/smi/hub";
import { readSmi } from "@/lib/smi/read";
import { type Frame, topologyOf } from "./frame";
import { problemFinder } from "./problems-of";
import { type ServiceCalls, serviceCalls } from "./service-calls";

interface Facts {
  readonly model: MeshModel;
  readonly calls: (serviceKey: string) => ServiceCalls;
  readonly versions: ReadonlyMap<string, string | null>;
  readonly windowSeconds: number;
}

export function splitsOf(frame: Frame): Splits {
  const { model, objects } = frame.mesh;
  const problems = problemFinder(model);
  const calls = serviceCalls(frame.samples);
  const facts: Facts = {
    model,
    calls: (service) => calls.get(service) ?? NO_CALLS,
    versions: versionsOf(topologyOf(frame)),
    windowSeconds: frame.windowSeconds,
  };
  const items = objects.trafficSplits.map((object): SplitView => {
    const { namespace = "", name, resourceVersion = "" } = object.metadata;
    const own = {
      namespace,
      name,
      resourceVersion,
      apiVersion: object.apiVersion,
      problems: problems("TrafficSplit", `${namespace}/${name}`),
      managedBy: managerOf(object),
      object,
    };
    return { ...own, ...figures(object, facts) };
  });
  items.sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
  return { at: frame.at, windowSeconds: frame.windowSeconds, items, partial: [...frame.partial] };
}

type Figures = Pick<SplitView, "service" | "root" | "matches" | "inForce" | "requestsPerSecond" | "backends">;

function figures(object: KubeObject, facts: Facts): Figures {
  const reading = readSmi(object);
  if (!reading.ok || reading.value.kind !== "TrafficSplit") {
    return { service: "", root: null, matches: [], inForce: false, requestsPerSecond: 0, backends: [] };
  }
  const split = reading.value;
  const root = rootOf(split);
  const inForce = root !== null && facts.model.splits[root]?.name === key(split);
  const calls = split.backends.map((backend) =>
    facts.calls(key({ namespace: split.namespace, name: backend.service })),
  );
  const requestsPerSecond = calls.reduce((sum, one) => sum + one.requestsPerSecond, 0);
  const asked = askedShares(split, { root: inForce ? root : null, model: facts.model });
  const backends = split.backends.map((backend, index): SplitBackendView => {
    const service = key({ namespace: split.namespace, name: backend.service });
    const own = calls[index] ?? NO_CALLS;
    return {
      service: backend.service,
      version: facts.versions.get(service) ?? null,
      weight: backend.weight,
      ...(asked.get(service) ?? { desiredShare: 0, state: facts.model.services[service] ? "ok" : "missing" }),
      observed: wilsonInterval(own.requestsPerSecond * facts.windowSeconds, requestsPerSecond * facts.windowSeconds),
      ...own,
    };
  });
  return { service: split.service, root, matches: [...split.matches], inForce, requestsPerSecond, backends };
}

function rootOf(split: TrafficSplit): string | null {
  const named = serviceNamed(split.service);
  return named ? key({ namespace: named.namespace ?? split.namespace, name: named.name }) : null;
}

/** Shares as they are in force; for a split that is not, as its weights say. */
function askedShares(
  split: TrafficSplit,
  { root, model }: { readonly root: string | null; readonly model: MeshModel },
): ReadonlyMap<string, Pick<SplitBackendView, "desiredShare" | "state">> {
  const backends = split.backends.map(({ service, weight }) => ({
    service: key({ namespace: split.namespace, name: service }),
    weight,
  }));
  const resolved = root === null ? undefined : model.splits[root];
  if (resolved) {
    const port = model.services[resolved.root]?.ports[0]?.port ?? null;
    const shares = new Map(splitShares(model, resolved, port).map((share) => [share.service, share]));
    return new Map(
      backends.map(({ service }) => {
        const share = shares.get(service);
        return [service, { desiredShare: share?.share ?? 0, state: share?.state ?? "without-port" }];
      }),
    );
  }
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(
    backends.map(({ service, weight }) => [
      service,
      {
        desiredShare: total > 0 ? weight / total : 0,
        state: Object.hasOwn(model.services, service) ? "ok" : "missing",
      },
    ]),
  );
}

/** By service key: the version that all workloads behind a service share. */
function versionsOf(topology: Topology): ReadonlyMap<string, string | null> {
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  return new Map(
    topology.nodes
      .filter(({ kind }) => kind === "service")
      .map((node) => {
        const versions = new Set(node.related.map((id) => nodes.get(id)?.version ?? null));
        const [shared = null] = versions.size === 1 ? versions : [];
        return [key(node), node.version ?? shared] as const;
      }),
  );
}

const NO_CALLS: ServiceCalls = { requestsPerSecond: 0, errorRatio: null, latencyMs: null };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
