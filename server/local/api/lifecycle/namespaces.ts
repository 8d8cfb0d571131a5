/** Namespaces: the ServiceAccount each one starts with, and the end of one with all that is in it. */
import { type Cluster, systemWrite, type Target } from "../cluster";
import type { Stored } from "../object";
import type { ResourceType } from "../resource-type";
import { StatusError } from "../status";
import { createObject } from "../verbs/create";
import { DEFAULT_DELETE, deleteObject } from "../verbs/delete";
import { changeObject } from "../verbs/update";

const NAMESPACES = { group: "", plural: "namespaces" };
const ACCOUNTS = { group: "", plural: "serviceaccounts" };

export const SYSTEM_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

const MANAGER = "meshdeck-api";

export function targetOf(type: ResourceType, namespace: string, name: string, subresource = ""): Target | null {
  const version = type.versions.find((one) => one.name === type.storageVersion) ?? type.versions[0];
  return version === undefined ? null : { type, version, namespace, name, subresource };
}

/** What may be missing or be there already when two of us do the same. */
export async function tolerate(statuses: readonly number[], work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof StatusError) || !statuses.includes(error.status)) throw error;
  }
}

async function ensureAccount(cluster: Cluster, namespace: string): Promise<void> {
  const type = cluster.registry.get(ACCOUNTS);
  const target = type === null ? null : targetOf(type, namespace, "");
  if (target === null || cluster.store.get(ACCOUNTS, namespace, "default") !== null) return;
  await tolerate(
    [403, 404, 409],
    createObject(cluster, target, { metadata: { name: "default" } }, systemWrite(cluster, MANAGER)),
  );
}

async function emptyNamespace(cluster: Cluster, namespace: string): Promise<boolean> {
  let left = 0;
  for (const type of cluster.registry.all()) {
    if (!type.namespaced) continue;
    for (const object of [...cluster.store.list(type, { namespace })]) {
      const target = targetOf(type, namespace, object.metadata.name);
      if (target === null) continue;
      if (object.metadata.deletionTimestamp === undefined)
        await tolerate([404, 409], deleteObject(cluster, target, DEFAULT_DELETE, systemWrite(cluster, MANAGER)));
    }
    left += [...cluster.store.list(type, { namespace })].length;
  }
  return left === 0;
}

async function finalize(cluster: Cluster, namespace: string): Promise<void> {
  const type = cluster.registry.get(NAMESPACES);
  const target = type === null ? null : targetOf(type, "", namespace, "finalize");
  if (target === null) return;
  const without = (present: Stored) => ({ ...structuredClone(present), spec: { finalizers: [] } }) as never;
  await tolerate([404, 409], changeObject(cluster, target, without, systemWrite(cluster, MANAGER)));
}

/** Watches over namespaces. `retry` comes back to namespaces whose content takes its time. */
export function followNamespaces(cluster: Cluster, retry: (work: () => void) => void): void {
  const ending = new Set<string>();

  async function end(namespace: string): Promise<void> {
    if (ending.has(namespace)) return;
    ending.add(namespace);
    try {
      if (await emptyNamespace(cluster, namespace)) await finalize(cluster, namespace);
    } catch (error) {
      cluster.log.warn({ namespace, error: String(error) }, "deleting a namespace's content failed and is tried again");
    } finally {
      ending.delete(namespace);
    }
    const still = cluster.store.get(NAMESPACES, "", namespace);
    if (still?.metadata.deletionTimestamp !== undefined) retry(() => void end(namespace));
  }

  cluster.store.onChange((type, event) => {
    if (type.group !== "" || event.type === "DELETED") return;
    const name = event.object.metadata.name;
    if (type.plural === "namespaces") {
      if (event.object.metadata.deletionTimestamp !== undefined) queueMicrotask(() => void end(name));
      else if (event.type === "ADDED")
        void ensureAccount(cluster, name).catch((error) =>
          cluster.log.warn({ error: String(error) }, "no default ServiceAccount"),
        );
    }
  });
  for (const namespace of cluster.store.list(NAMESPACES)) {
    if (namespace.metadata.deletionTimestamp !== undefined) void end(namespace.metadata.name);
  }
}

/** The namespaces every cluster has. */
export async function ensureSystemNamespaces(cluster: Cluster): Promise<void> {
  const type = cluster.registry.get(NAMESPACES);
  const target = type === null ? null : targetOf(type, "", "");
  if (target === null) return;
  for (const name of SYSTEM_NAMESPACES) {
    if (cluster.store.get(NAMESPACES, "", name) === null) {
      await tolerate([409], createObject(cluster, target, { metadata: { name } }, systemWrite(cluster, MANAGER)));
    }
    await ensureAccount(cluster, name);
  }
}
