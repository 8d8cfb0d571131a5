/** The core: Kubernetes objects into the MeshModel that the controller enforces and the dashboard explains. */
import { indexEndpoints } from "./endpoints";
import { resolveIdentities } from "./identities";
import type { MeshObjects, MeshOptions } from "./input";
import type { Grant, InboundPort, MeshModel, MeshPod, MeshService, MeshSplit } from "./model";
import { meshedNamespaces } from "./namespaces";
import { type MeshCandidate, readPod } from "./pods";
import { createReporter, type Report } from "./report";
import { catalogRoutes } from "./routes";
import { indexPods } from "./selector";
import { readService, type ServiceObject } from "./service-object";
import { compareInbound, resolveService } from "./services";
import { compareText, sortedRecord } from "./shape";
import { readSmiObjects } from "./smi-objects";
import { resolveSplits } from "./splits";
import { grantsOf } from "./targets";

/**
 * Total: whatever the JSON of the objects, there is a model and a problem for each broken object; nothing is thrown.
 * Deterministic: the same objects in any order give an equal model. Objects outside the mesh's namespaces are not read.
 */
export function translate(objects: MeshObjects, options: MeshOptions): MeshModel {
  const { report, sorted } = createReporter();
  const meshed = meshedNamespaces(objects, options);
  const pods = readAll(objects.pods, readPod).filter(({ pod }) => meshed.has(pod.namespace));
  const serviceObjects = readAll(objects.services, readService).filter(({ namespace }) => meshed.has(namespace));
  const identities = resolveIdentities(objects, { meshed, pods }, options);
  const smi = readSmiObjects(objects, meshed, report);
  const routes = catalogRoutes(smi, report);
  const services = new Map(serviceObjects.map((service) => [service.key, service]));
  const splits = resolveSplits(smi.splits, { services, routes, report });
  const context = { identities: new Set(Object.keys(identities)), meshed, routes, report };
  // Targets are read in permissive mode too, so that their problems show before the mode is turned off.
  const grants = smi.targets.flatMap((target) => grantsOf(target, context));
  const inMesh = withSelectorOrSplit(serviceObjects, splits);
  return {
    trustDomain: options.trustDomain,
    policyMode: options.policyMode,
    ...resolveBacking({ objects, services: inMesh, pods, report }),
    identities,
    splits: sortedRecord(splits.map((split) => [split.root, split] as const)),
    grants: options.policyMode === "permissive" ? [] : sortGrants(grants),
    problems: sorted(),
  };
}

function readAll<T, R>(list: readonly T[], read: (object: T) => R | null): readonly R[] {
  return list.map(read).filter((value): value is R => value !== null);
}

/** Without a selector a Service has no pods of the mesh; as the root of a split it is a name that others answer for. */
function withSelectorOrSplit(
  services: readonly ServiceObject[],
  splits: readonly MeshSplit[],
): readonly ServiceObject[] {
  const roots = new Set(splits.map((split) => split.root));
  return services.filter((service) => service.selector.length > 0 || roots.has(service.key));
}

interface Backing {
  readonly objects: MeshObjects;
  readonly services: readonly ServiceObject[];
  readonly pods: readonly MeshCandidate[];
  readonly report: Report;
}

/** Services and the pods behind them. */
function resolveBacking({ objects, services, pods, report }: Backing): Pick<MeshModel, "services" | "workloads"> {
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

function sortGrants(grants: readonly Grant[]): readonly Grant[] {
  return [...grants].sort((a, b) => compareText(a.policy, b.policy));
}
