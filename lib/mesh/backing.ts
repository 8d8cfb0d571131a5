/** Services and the pods behind them, namespace by namespace: neither selects anything outside its own. */
import type { EndpointSlice } from "@/lib/kube/objects";
import { indexEndpoints } from "./endpoints";
import type { InboundPort, MeshModel, MeshPod, MeshService } from "./model";
import type { MeshCandidate } from "./pods";
import type { Problem } from "./problems";
import { createReporter } from "./report";
import { indexPods } from "./selector";
import type { ServiceObject } from "./service-object";
import { compareInbound, resolveService } from "./services";
import { named, sortedRecord } from "./shape";

export interface Backing extends Pick<MeshModel, "services" | "workloads"> {
  readonly problems: readonly Problem[];
}

export interface BackingInput {
  /** Services that have a selector. */
  readonly services: readonly ServiceObject[];
  readonly pods: readonly MeshCandidate[];
  readonly endpointSlices: readonly EndpointSlice[];
}

/** What came of a namespace last, and of what. */
interface Earlier {
  readonly input: BackingInput;
  readonly backing: Backing;
}

const earlier = new Map<string, Earlier>();
const NAMESPACES_KEPT = 5000;

/** One changed pod costs its namespace, not the mesh; the rest is handed back as the very same objects. */
export function resolveBacking(input: BackingInput): Backing {
  const parts = [...byNamespace(input)].map(([namespace, part]) => backingOf(namespace, part));
  return {
    services: sortedRecord(parts.flatMap(({ services }) => Object.entries(services))),
    workloads: sortedRecord(parts.flatMap(({ workloads }) => Object.entries(workloads))),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

function byNamespace(input: BackingInput): ReadonlyMap<string, BackingInput> {
  const parts = new Map<
    string,
    { services: ServiceObject[]; pods: MeshCandidate[]; endpointSlices: EndpointSlice[] }
  >();
  const partOf = (namespace: string) => {
    const part = parts.get(namespace) ?? { services: [], pods: [], endpointSlices: [] };
    parts.set(namespace, part);
    return part;
  };
  for (const service of input.services) partOf(service.namespace).services.push(service);
  for (const candidate of input.pods) partOf(candidate.pod.namespace).pods.push(candidate);
  for (const slice of input.endpointSlices) {
    const namespace = named(slice)?.namespace;
    if (namespace !== undefined) parts.get(namespace)?.endpointSlices.push(slice);
  }
  return parts;
}

/** Frozen objects are read once, so services and pods that are the same objects have not changed. */
function backingOf(namespace: string, input: BackingInput): Backing {
  const last = earlier.get(namespace);
  if (last !== undefined && isSame(last.input, input)) return last.backing;
  const backing = resolve(input);
  if (input.endpointSlices.every(Object.isFrozen)) {
    if (earlier.size >= NAMESPACES_KEPT) earlier.clear();
    earlier.set(namespace, { input, backing });
  }
  return backing;
}

function isSame(a: BackingInput, b: BackingInput): boolean {
  return sameList(a.services, b.services) && sameList(a.pods, b.pods) && sameList(a.endpointSlices, b.endpointSlices);
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function resolve({ services, pods, endpointSlices }: BackingInput): Backing {
  const { report, sorted } = createReporter();
  const members = new Map(pods.filter(({ member }) => member).map((candidate) => [candidate.pod.key, candidate]));
  const context = { pods: indexPods(pods), endpoints: indexEndpoints(endpointSlices, members), report };
  const inbound = new Map<string, InboundPort[]>();
  const resolved: [string, MeshService][] = [];
  for (const object of services) {
    const { service, inbound: rows } = resolveService(object, context);
    resolved.push([service.key, service]);
    for (const [pod, row] of rows) {
      const found = inbound.get(pod);
      if (found === undefined) inbound.set(pod, [row]);
      else found.push(row);
    }
  }
  const workloads = [...members].map(([key, { pod }]): readonly [string, MeshPod] => {
    return [key, { ...pod, inbound: (inbound.get(key) ?? []).sort(compareInbound) }];
  });
  return { services: sortedRecord(resolved), workloads: sortedRecord(workloads), problems: sorted() };
}
