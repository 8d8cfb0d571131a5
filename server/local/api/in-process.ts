/** The API for code in the same process: the same rules and webhooks, without HTTP. */
import type { KubeObject } from "@/lib/kube/objects";
import { asVersion, type Cluster, systemWrite, type Target, type WriteOptions } from "./cluster";
import type { JsonObject } from "./object";
import { unknownPath } from "./status";
import { createObject } from "./verbs/create";
import { DEFAULT_DELETE, type DeleteOptions, deleteObject } from "./verbs/delete";
import { type PatchType, patchObject } from "./verbs/patch";
import { ALL, getObject, listObjects } from "./verbs/read";
import { replaceObject } from "./verbs/update";
import { watchObjects } from "./verbs/watch";

export interface ResourceRef {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

export interface ObjectRef {
  readonly namespace?: string | undefined;
  readonly name: string;
}

export interface Query {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface StoreWrite {
  readonly subresource?: "status" | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface StoreEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubeObject;
}

/** Failures are StatusErrors, which are AppErrors. Objects are frozen and shared. */
export interface KubeStore {
  list(resource: ResourceRef, query?: Query): { items: readonly KubeObject[]; resourceVersion: string };
  get(resource: ResourceRef, ref: ObjectRef): KubeObject;
  create(resource: ResourceRef, object: object, options?: StoreWrite): Promise<KubeObject>;
  /** A whole new state; its resourceVersion, if it has one, must be the present one. */
  update(resource: ResourceRef, object: KubeObject, options?: StoreWrite): Promise<KubeObject>;
  patch(
    resource: ResourceRef,
    ref: ObjectRef,
    patch: { type: PatchType; body: unknown },
    options?: StoreWrite,
  ): Promise<KubeObject>;
  /** Resolves to the object that is now gone or going. */
  delete(resource: ResourceRef, ref: ObjectRef, options?: Partial<DeleteOptions>): Promise<KubeObject>;
  /** Begins with what is there, as ADDED, unless a resourceVersion says from where. Returns how to stop. */
  watch(
    resource: ResourceRef,
    query: Query & { resourceVersion?: string | undefined },
    onEvent: (event: StoreEvent) => void,
  ): () => void;
}

export function createKubeStore(cluster: Cluster, manager: string): KubeStore {
  function target(
    resource: ResourceRef,
    ref: { namespace?: string | undefined; name?: string },
    subresource = "",
  ): Target {
    const found = cluster.registry.find(resource.group, resource.version, resource.plural);
    if (found === null) throw unknownPath();
    return {
      ...found,
      namespace: found.type.namespaced ? (ref.namespace ?? "") : "",
      name: ref.name ?? "",
      subresource,
    };
  }

  function write(options: StoreWrite): WriteOptions {
    return { ...systemWrite(cluster, manager), dryRun: options.dryRun ?? false, fieldValidation: "Strict" };
  }

  function namespaceOf(resource: ResourceRef, object: object): { namespace?: string } {
    const metadata = (object as { metadata?: { namespace?: string } }).metadata;
    const found = cluster.registry.find(resource.group, resource.version, resource.plural);
    return found?.type.namespaced === true ? { namespace: metadata?.namespace ?? "default" } : {};
  }

  return {
    list(resource, query = {}) {
      const at = target(resource, query);
      const selection = { labelSelector: query.labelSelector ?? "", fieldSelector: query.fieldSelector ?? "" };
      const { items, resourceVersion } = listObjects(cluster, at, { ...ALL, ...selection });
      return { items: items.map((one) => asVersion(at.type, at.version.name, one)), resourceVersion };
    },
    get(resource, ref) {
      const at = target(resource, ref);
      return asVersion(at.type, at.version.name, getObject(cluster, at));
    },
    create: (resource, object, options = {}) =>
      Promise.resolve().then(() =>
        createObject(cluster, target(resource, namespaceOf(resource, object)), object, write(options)),
      ),
    async update(resource, object, options = {}) {
      const at = target(
        resource,
        { ...namespaceOf(resource, object), name: object.metadata.name },
        options.subresource,
      );
      return replaceObject(cluster, at, structuredClone(object) as unknown as JsonObject, write(options));
    },
    patch: async (resource, ref, patch, options = {}) =>
      patchObject(cluster, target(resource, ref, options.subresource), patch, write(options)),
    async delete(resource, ref, options = {}) {
      return (await deleteObject(cluster, target(resource, ref), { ...DEFAULT_DELETE, ...options }, write({}))).object;
    },
    watch(resource, query, onEvent) {
      const at = target(resource, query);
      const options = {
        labelSelector: query.labelSelector ?? "",
        fieldSelector: query.fieldSelector ?? "",
        resourceVersion: query.resourceVersion ?? "",
        sendInitialEvents: false,
      };
      return watchObjects(cluster, at, options, {
        event: ({ type, object }) => onEvent({ type, object: asVersion(at.type, at.version.name, object) }),
        initialDone: () => {},
      });
    },
  };
}
