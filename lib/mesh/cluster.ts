/** What Kubernetes alone says of the mesh: namespaces, pods, services and identities, before any policy. */
import { indexEndpoints } from "./endpoints";
import { resolveIdentities } from "./identities";
import type { MeshObjects, MeshOptions } from "./input";
import type { InboundPort, MeshModel, MeshPod, MeshService } from "./model";
import { meshedNamespaces } from "./namespaces";
import { type MeshCandidate, readPod } from "./pods";
import type { Problem } from "./problems";
import { createReporter, type Report } from "./report";
import { indexPods } from "./selector";
import { readService, type ServiceObject } from "./service-object";
import { compareInbound, resolveService } from "./services";
import { sortedRecord } from "./shape";
import { StableSet, Stage } from "./stage";

export interface Cluster extends Pick<MeshModel, "services" | "workloads" | "identities"> {
  /** Names of the namespaces of the mesh. */
  readonly meshed: ReadonlySet<string>;
  /** Services of meshed namespaces by key, with or without a selector. */
  readonly serviceObjects: ReadonlyMap<string, ServiceObject>;
  readonly identityKeys: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const stage = new Stage<Cluster>();
const meshedSets = new StableSet();
const identitySets = new StableSet();

export function readCluster(objects: MeshObjects, options: MeshOptions): Cluster {
  const { pods, services, endpointSlices, namespaces, serviceAccounts } = objects;
  const { meshName, trustDomain } = options;
  const inputs = [pods, services, endpointSlices, namespaces, serviceAccounts, meshName, trustDomain] as const;
  return stage.run([...inputs], () => resolveCluster(objects, options));
}

function resolveCluster(objects: MeshObjects, options: MeshOptions): Cluster {
  const { report, sorted } = createReporter();
  const meshed = meshedSets.of(meshedNamespaces(objects, options));
  const pods = readAll(objects.pods, readPod).filter(({ pod }) => meshed.has(pod.namespace));
  const services = readAll(objects.services, readService).filter(({ namespace }) => meshed.has(namespace));
  const identities = resolveIdentities(objects, { meshed, pods }, options);
  return {
    meshed,
    serviceObjects: new Map(services.map((service) => [service.key, service])),
    identities,
    identityKeys: identitySets.of(Object.keys(identities)),
    ...resolveBacking({ objects, services: services.filter(({ selector }) => selector.length > 0), pods, report }),
    problems: sorted(),
  };
}

function readAll<T, R>(list: readonly T[], read: (object: T) => R | null): readonly R[] {
  return list.map(read).filter((value): value is R => value !== null);
}

interface Backing {
  readonly objects: MeshObjects;
  readonly services: readonly ServiceObject[];
  readonly pods: readonly MeshCandidate[];
  readonly report: Report;
}

/** Services and the pods behind them. */
function resolveBacking({ objects, services, pods, report }: Backing): Pick<Cluster, "services" | "workloads"> {
  const members = new Map(pods.filter(({ member }) => member).map((candidate) => [candidate.pod.key, candidate]));
  const context = { pods: indexPods(pods), endpoints: indexEndpoints(objects.endpointSlices, members), report };
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
  return { services: sortedRecord(resolved), workloads: sortedRecord(workloads) };
}
