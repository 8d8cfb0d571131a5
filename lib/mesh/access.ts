/** Who may call what: questions the xDS build, the graph and the access matrix ask of a model. */
import { accessIndex, type TargetPort } from "./access-index";
import type { Grant, MeshModel } from "./model";
import { own, sortedSet } from "./shape";

/**
 * Grants that let `sourceIdentity` (identity key) reach `serviceKey` by at least one route, in the model's order. Calls to
 * the root of a split are calls to its backends (and to the root's own pods where the split has matches).
 * Empty in permissive mode, where no grant is needed: look at `model.policyMode` first.
 */
export function mayCall(model: MeshModel, sourceIdentity: string, serviceKey: string): readonly Grant[] {
  const granted = accessIndex(model).grantsBySource.get(sourceIdentity) ?? [];
  if (granted.length === 0) return [];
  const ports = answeringServices(model, serviceKey).flatMap((key) => accessIndex(model).targetPorts.get(key) ?? []);
  return granted.filter((grant) => ports.some((port) => coversPort(grant, port)));
}

/**
 * Keys of the services `identity` may call, sorted. A root of a split counts when any of its backends does, and then all
 * its backends do: a share sent to one that refuses is answered 403 by that backend, not lost. In permissive mode: all.
 */
export function reachableServices(model: MeshModel, identity: string): readonly string[] {
  if (model.policyMode === "permissive") return Object.keys(model.services);
  const index = accessIndex(model);
  const direct = new Set<string>();
  for (const grant of index.grantsBySource.get(identity) ?? []) {
    for (const service of index.servicesByIdentity.get(grant.destination) ?? []) {
      if (direct.has(service)) continue;
      if ((index.targetPorts.get(service) ?? []).some((port) => coversPort(grant, port))) direct.add(service);
    }
  }
  const reachable = new Set(direct);
  for (const service of direct) {
    const roots = [service, ...(index.rootsByBackend.get(service) ?? [])];
    for (const root of roots) addSplit(model, root, reachable);
  }
  return sortedSet(reachable);
}

function addSplit(model: MeshModel, root: string, reachable: Set<string>): void {
  const split = model.splits[root];
  if (split === undefined) return;
  for (const key of [root, ...split.backends.map((backend) => backend.service)]) {
    if (Object.hasOwn(model.services, key)) reachable.add(key);
  }
}

/** The services whose pods answer calls to `serviceKey`: itself, or the backends of its split. */
export function answeringServices(model: MeshModel, serviceKey: string): readonly string[] {
  const split = own(model.splits, serviceKey);
  if (split === undefined) return [serviceKey];
  const backends = split.backends.filter(({ state }) => state === "ok").map(({ service }) => service);
  return split.matches.length > 0 ? sortedSet([serviceKey, ...backends]) : backends;
}

/** A grant's routes are HTTP: on a TCP port only a grant without a route lets anything through. */
export function coversPort(grant: Grant, port: TargetPort): boolean {
  if (grant.destination !== port.identity) return false;
  if (grant.ports.length > 0 && !grant.ports.includes(port.targetPort)) return false;
  return grant.route === null || port.http;
}
