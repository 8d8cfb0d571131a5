/** A model's grants by caller, and who stands behind each service. */
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

/** Each part is made once for what it is made of: a changed split leaves the other three as they are. */
export function accessIndex(model: MeshModel): AccessIndex {
  return {
    grantsBySource: grantsBySource(model.grants),
    servicesByIdentity: servicesByIdentity(model.services),
    rootsByBackend: rootsByBackend(model.splits),
    targetPorts: targetPorts(model.workloads),
  };
}

const grantsBySource = once((grants: MeshModel["grants"]) => {
  const bySource = new Map<string, Grant[]>();
  for (const grant of grants) for (const source of grant.sources) push(bySource, source, grant);
  return bySource;
});

const servicesByIdentity = once((services: MeshModel["services"]) => {
  const byIdentity = new Map<string, string[]>();
  for (const { key, identities } of Object.values(services)) {
    for (const identity of identities) push(byIdentity, identity, key);
  }
  return byIdentity;
});

const rootsByBackend = once((splits: MeshModel["splits"]) => {
  const byBackend = new Map<string, string[]>();
  for (const { root, backends } of Object.values(splits)) {
    for (const { service } of backends) push(byBackend, service, root);
  }
  return byBackend;
});

const targetPorts = once((workloads: MeshModel["workloads"]): ReadonlyMap<string, readonly TargetPort[]> => {
  const byService = new Map<string, Map<string, TargetPort>>();
  for (const { identity, inbound } of Object.values(workloads)) {
    for (const { service, servicePort, targetPort, protocol } of inbound) {
      const found = byService.get(service) ?? new Map<string, TargetPort>();
      byService.set(service, found);
      const http = protocol === "http" || protocol === "grpc";
      found.set(`${identity}|${servicePort}|${targetPort}`, { identity, servicePort, targetPort, http });
    }
  }
  return new Map([...byService].map(([service, ports]) => [service, [...ports.values()]]));
});

/** Models are plain data that nobody changes, so the same part gives the same index. */
function once<T extends object, R>(make: (part: T) => R): (part: T) => R {
  const made = new WeakMap<T, R>();
  return (part) => {
    const earlier = made.get(part);
    if (earlier !== undefined) return earlier;
    const result = make(part);
    made.set(part, result);
    return result;
  };
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
