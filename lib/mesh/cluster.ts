/** What Kubernetes alone says of the mesh: namespaces, pods, services and identities, before any policy. */
import { resolveBacking } from "./backing";
import { resolveIdentities } from "./identities";
import type { MeshObjects, MeshOptions } from "./input";
import type { MeshModel } from "./model";
import { meshedNamespaces } from "./namespaces";
import { readPod } from "./pods";
import type { Problem } from "./problems";
import { readService, type ServiceObject } from "./service-object";
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
  const meshed = meshedSets.of(meshedNamespaces(objects, options));
  const pods = readAll(objects.pods, readPod).filter(({ pod }) => meshed.has(pod.namespace));
  const services = readAll(objects.services, readService).filter(({ namespace }) => meshed.has(namespace));
  const identities = resolveIdentities(objects, { meshed, pods }, options);
  const selecting = services.filter(({ selector }) => selector.length > 0);
  return {
    meshed,
    serviceObjects: new Map(services.map((service) => [service.key, service])),
    identities,
    identityKeys: identitySets.of(Object.keys(identities)),
    ...resolveBacking({ services: selecting, pods, endpointSlices: objects.endpointSlices }),
  };
}

function readAll<T, R>(list: readonly T[], read: (object: T) => R | null): readonly R[] {
  return list.map(read).filter((value): value is R => value !== null);
}
