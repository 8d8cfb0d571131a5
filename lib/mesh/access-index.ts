/** A model's grants by caller, and who stands behind each service. Made once per model. */
import type { Grant, MeshModel } from "./model";

export interface AccessIndex {
  /** Grants by source identity, in the model's order. */
  readonly grantsBySource: ReadonlyMap<string, readonly Grant[]>;
  /** Services (keys) that an identity's own pods back. */
  readonly servicesByIdentity: ReadonlyMap<string, readonly string[]>;
  /** Roots of splits that send to a service. */
  readonly rootsByBackend: ReadonlyMap<string, readonly string[]>;
  /** What a service's pods serve it on: ports after targetPort was resolved. */
  readonly targetPorts: ReadonlyMap<string, readonly TargetPort[]>;
}

export interface TargetPort {
  /** Identity key of a pod that serves it. */
  readonly identity: string;
  readonly servicePort: number;
  readonly targetPort: number;
  /** Whether HTTP rules can be applied to it. */
  readonly http: boolean;
}

const indexes = new WeakMap<MeshModel, AccessIndex>();

export function accessIndex(model: MeshModel): AccessIndex {
  const earlier = indexes.get(model);
  if (earlier !== undefined) return earlier;
  const index = buildIndex(model);
  indexes.set(model, index);
  return index;
}

function buildIndex(model: MeshModel): AccessIndex {
  const grantsBySource = new Map<string, Grant[]>();
  for (const grant of model.grants) for (const source of grant.sources) push(grantsBySource, source, grant);
  const servicesByIdentity = new Map<string, string[]>();
  for (const service of Object.values(model.services)) {
    for (const identity of service.identities) push(servicesByIdentity, identity, service.key);
  }
  const rootsByBackend = new Map<string, string[]>();
  for (const split of Object.values(model.splits)) {
    for (const backend of split.backends) push(rootsByBackend, backend.service, split.root);
  }
  return { grantsBySource, servicesByIdentity, rootsByBackend, targetPorts: targetPortsOf(model) };
}

function targetPortsOf(model: MeshModel): ReadonlyMap<string, readonly TargetPort[]> {
  const byService = new Map<string, Map<string, TargetPort>>();
  for (const { identity, inbound } of Object.values(model.workloads)) {
    for (const { service, servicePort, targetPort, protocol } of inbound) {
      const found = byService.get(service) ?? new Map<string, TargetPort>();
      byService.set(service, found);
      const http = protocol === "http" || protocol === "grpc";
      found.set(`${identity}|${servicePort}|${targetPort}`, { identity, servicePort, targetPort, http });
    }
  }
  return new Map([...byService].map(([service, ports]) => [service, [...ports.values()]]));
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
