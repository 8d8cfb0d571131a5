/** Plain JSON values: what the API stores, sends and is sent. */
import type { KubeObject, ObjectMeta, OwnerReference } from "@/lib/kube/objects";

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [field: string]: Json;
}

/** An object at rest. Frozen, shared by every reader, and never changed: a write stores another one. */
export type Stored = KubeObject & { readonly metadata: ObjectMeta };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a field, or an empty one. For reading only. */
export function objectAt(value: unknown, ...path: string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** The list at a field, or an empty one. For reading only. */
export function listAt(value: unknown, ...path: string[]): Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function textAt(value: unknown, ...path: string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** The value at a path of field names, or undefined. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const field of path) {
    if (!isObject(here)) return undefined;
    here = here[field];
  }
  return here;
}

/** Makes sure a field holds an object, and returns it, to be written into. */
export function ensureObject(parent: JsonObject, field: string): JsonObject {
  const found = parent[field];
  if (isObject(found)) return found;
  const made: JsonObject = {};
  parent[field] = made;
  return made;
}

export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const fields = Object.keys(a);
  return (
    fields.length === Object.keys(b).length &&
    fields.every((field) => Object.hasOwn(b, field) && deepEqual(a[field], b[field]))
  );
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** A copy that may be written into. */
export function thaw(object: KubeObject | JsonObject): JsonObject {
  return structuredClone(object) as JsonObject;
}

export function ownersOf(object: KubeObject): readonly OwnerReference[] {
  return object.metadata.ownerReferences ?? [];
}

export function finalizersOf(object: KubeObject | JsonObject): string[] {
  return listAt(object, "metadata", "finalizers").filter((item) => typeof item === "string");
}
