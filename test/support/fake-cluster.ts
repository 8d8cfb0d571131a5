/** A ClusterStore in memory for tests of what works against one: no admission, no validation, merge patches only. */
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import type { ClusterEvent, ClusterStore, ObjectName, ResourceType } from "@/server/local/cluster";

const KINDS: Readonly<Record<string, string>> = {
  Pod: "pods",
  Service: "services",
  ConfigMap: "configmaps",
  Secret: "secrets",
  Event: "events",
  Namespace: "namespaces",
  Deployment: "deployments",
};

export function createFakeCluster(): ClusterStore {
  const tables = new Map<string, Map<string, KubeObject>>();
  const listeners = new Map<string, Set<(event: ClusterEvent) => void>>();
  let revision = 0;
  const table = (resource: ResourceType) => {
    const found = tables.get(resource.plural) ?? new Map<string, KubeObject>();
    tables.set(resource.plural, found);
    return found;
  };
  const key = (name: ObjectName) => `${name.namespace ?? ""}/${name.name}`;
  const tell = (resource: ResourceType, event: ClusterEvent) => {
    for (const listener of listeners.get(resource.plural) ?? []) listener(event);
  };
  const need = (resource: ResourceType, name: ObjectName) => {
    const found = table(resource).get(key(name));
    if (!found) throw new AppError("not_found", `${resource.plural} "${name.name}" not found`);
    return found;
  };
  const stamp = (object: KubeObject): KubeObject => {
    revision += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
  };
  return {
    list: async (resource, namespace) =>
      [...table(resource).values()].filter((one) => namespace === undefined || one.metadata.namespace === namespace),
    get: async (resource, name) => need(resource, name),
    async create(resource, object) {
      const draft = structuredClone(object) as KubeObject;
      if (table(resource).has(key(draft.metadata))) {
        throw new AppError("conflict", `${resource.plural} "${draft.metadata.name}" already exists`);
      }
      const metadata = { uid: `uid-${revision + 1}`, creationTimestamp: new Date().toISOString(), ...draft.metadata };
      const stored = stamp({ ...draft, metadata });
      table(resource).set(key(stored.metadata), stored);
      tell(resource, { type: "ADDED", object: stored });
      return stored;
    },
    async merge(resource, name, patch) {
      const present = need(resource, name);
      const merged = mergePatch(present, patch) as KubeObject;
      if (JSON.stringify(merged) === JSON.stringify(present)) return present;
      const stored = stamp(merged);
      table(resource).set(key(name), stored);
      tell(resource, { type: "MODIFIED", object: stored });
      return stored;
    },
    async delete(resource, name, options = {}) {
      const present = need(resource, name);
      if (options.uid && options.uid !== present.metadata.uid) throw new AppError("conflict", "another uid");
      const graceful = resource.plural === "pods" && present.spec && (present.spec as { nodeName?: string }).nodeName;
      if (graceful && options.gracePeriodSeconds !== 0) {
        const metadata = { ...present.metadata, deletionTimestamp: new Date().toISOString() };
        const marked = stamp({
          ...present,
          metadata: { ...metadata, deletionGracePeriodSeconds: 5 } as typeof metadata,
        });
        table(resource).set(key(name), marked);
        tell(resource, { type: "MODIFIED", object: marked });
        return;
      }
      table(resource).delete(key(name));
      tell(resource, { type: "DELETED", object: stamp(present) });
    },
    resourceOf(apiVersion, kind) {
      const plural = KINDS[kind];
      const [group = "", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
      return plural ? { group, version, plural, namespaced: kind !== "Namespace" } : null;
    },
    async watch(resource, onEvent) {
      const set = listeners.get(resource.plural) ?? new Set();
      listeners.set(resource.plural, set.add(onEvent));
      for (const object of table(resource).values()) onEvent({ type: "ADDED", object });
      return () => set.delete(onEvent);
    },
  };
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const base = target !== null && typeof target === "object" && !Array.isArray(target) ? target : {};
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}
