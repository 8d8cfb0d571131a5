/** Owner references: dependents go with their last owner. */
import { type Cluster, systemWrite } from "../cluster";
import { finalizersOf, type JsonObject, ownersOf, type Stored } from "../object";
import type { ResourceType } from "../resource-type";
import { typeKey } from "../resource-type";
import type { Named } from "../status";
import { DEFAULT_DELETE, deleteObject } from "../verbs/delete";
import { changeObject } from "../verbs/update";
import { targetOf, tolerate } from "./namespaces";

interface Dependent {
  readonly type: Named;
  readonly namespace: string;
  readonly name: string;
}

const MANAGER = "meshdeck-garbage-collector";

function idOf(type: Named, object: Stored): string {
  return `${typeKey(type)}/${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

/** Watches every object's owners from now on. */
export function followOwners(cluster: Cluster): void {
  const { store, registry } = cluster;
  /** By the owner's uid. */
  const dependents = new Map<string, Map<string, Dependent>>();
  const uids = new Set<string>();

  function index(type: Named, object: Stored, add: boolean): void {
    for (const owner of ownersOf(object)) {
      const of = dependents.get(owner.uid) ?? new Map<string, Dependent>();
      if (add)
        of.set(idOf(type, object), { type, namespace: object.metadata.namespace ?? "", name: object.metadata.name });
      else of.delete(idOf(type, object));
      if (of.size > 0) dependents.set(owner.uid, of);
      else dependents.delete(owner.uid);
    }
  }

  function find(dependent: Dependent): { type: ResourceType; object: Stored } | null {
    const type = registry.get(dependent.type);
    const object = store.get(dependent.type, dependent.namespace, dependent.name);
    return type === null || object === null ? null : { type, object };
  }

  /** An owner of a kind this API does not serve counts as living: it may be somebody else's. */
  function hasLivingOwner(object: Stored): boolean {
    return ownersOf(object).some((owner) => {
      if (uids.has(owner.uid)) return true;
      const slash = owner.apiVersion.indexOf("/");
      return registry.ofKind(slash < 0 ? "" : owner.apiVersion.slice(0, slash), owner.kind) === null;
    });
  }

  async function collect(dependent: Dependent): Promise<void> {
    const found = find(dependent);
    if (found === null || ownersOf(found.object).length === 0 || hasLivingOwner(found.object)) return;
    if (found.object.metadata.deletionTimestamp !== undefined) return;
    const target = targetOf(found.type, dependent.namespace, dependent.name);
    const uid = found.object.metadata.uid ?? "";
    if (target !== null)
      await tolerate(
        [404, 409],
        deleteObject(cluster, target, { ...DEFAULT_DELETE, uid }, systemWrite(cluster, MANAGER)),
      );
  }

  async function dropFinalizer(type: Named, object: Stored, finalizer: string): Promise<void> {
    const full = registry.get(type);
    const target = full === null ? null : targetOf(full, object.metadata.namespace ?? "", object.metadata.name);
    if (target === null) return;
    const without = (present: Stored): JsonObject => {
      const draft = structuredClone(present) as unknown as JsonObject;
      (draft.metadata as JsonObject).finalizers = finalizersOf(present).filter((one) => one !== finalizer);
      return draft;
    };
    await tolerate([404, 409], changeObject(cluster, target, without, systemWrite(cluster, MANAGER)));
  }

  async function orphan(type: Named, owner: Stored): Promise<void> {
    for (const dependent of [...(dependents.get(owner.metadata.uid ?? "")?.values() ?? [])]) {
      const found = find(dependent);
      const target = found === null ? null : targetOf(found.type, dependent.namespace, dependent.name);
      if (target === null) continue;
      const without = (present: Stored): JsonObject => {
        const draft = structuredClone(present) as unknown as JsonObject;
        const kept = ownersOf(present).filter((one) => one.uid !== owner.metadata.uid);
        (draft.metadata as JsonObject).ownerReferences = kept as unknown as JsonObject[];
        return draft;
      };
      await tolerate([404, 409], changeObject(cluster, target, without, systemWrite(cluster, MANAGER)));
    }
    await dropFinalizer(type, owner, "orphan");
  }

  /** Foreground: first the dependents, then their owner. */
  async function foreground(type: Named, owner: Stored): Promise<void> {
    const uid = owner.metadata.uid ?? "";
    const all = [...(dependents.get(uid)?.values() ?? [])];
    for (const dependent of all) await collect(dependent);
    if ((dependents.get(uid)?.size ?? 0) === 0) await dropFinalizer(type, owner, "foregroundDeletion");
  }

  function settle(work: Promise<void>): void {
    work.catch((error) => cluster.log.warn({ error: String(error) }, "collecting dependents failed"));
  }

  function ownersWaiting(object: Stored): void {
    for (const reference of ownersOf(object)) {
      const slash = reference.apiVersion.indexOf("/");
      const type = registry.ofKind(slash < 0 ? "" : reference.apiVersion.slice(0, slash), reference.kind);
      const owner =
        type === null
          ? null
          : store.get(type, type.namespaced ? (object.metadata.namespace ?? "") : "", reference.name);
      if (
        type !== null &&
        owner?.metadata.deletionTimestamp !== undefined &&
        finalizersOf(owner).includes("foregroundDeletion")
      ) {
        settle(foreground(type, owner));
      }
    }
  }

  for (const type of registry.all()) {
    for (const object of store.list(type)) {
      uids.add(object.metadata.uid ?? "");
      index(type, object, true);
    }
  }
  store.onChange((type, event) => {
    const { object, previous } = event;
    const uid = object.metadata.uid ?? "";
    if (previous !== null) index(type, previous, false);
    if (event.type === "DELETED") {
      uids.delete(uid);
      for (const dependent of dependents.get(uid)?.values() ?? []) queueMicrotask(() => settle(collect(dependent)));
      queueMicrotask(() => ownersWaiting(object));
      return;
    }
    const finalizers = object.metadata.deletionTimestamp === undefined ? [] : finalizersOf(object);
    // To its dependents, an owner that waits for them in the foreground is gone already.
    if (finalizers.includes("foregroundDeletion")) uids.delete(uid);
    else uids.add(uid);
    index(type, object, true);
    if (ownersOf(object).length > 0 && !hasLivingOwner(object)) {
      queueMicrotask(() =>
        settle(collect({ type, namespace: object.metadata.namespace ?? "", name: object.metadata.name })),
      );
    }
    if (finalizers.includes("orphan")) queueMicrotask(() => settle(orphan(type, object)));
    if (finalizers.includes("foregroundDeletion")) queueMicrotask(() => settle(foreground(type, object)));
  });
}
