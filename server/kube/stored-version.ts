import type { KubeObject } from "@/lib/kube/objects";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

interface ManagedField {
  readonly apiVersion?: unknown;
  readonly time?: unknown;
  readonly subresource?: unknown;
}

/**
 * The apiVersion the object was written in. Where a CRD has no conversion the API answers the same body under whichever
 * version is asked for, so the answer's own apiVersion says nothing. kubectl's record of what was applied comes first,
 * then the last writer's managed fields; without either it is the object's.
 */
export function storedApiVersion(object: KubeObject): string {
  const group = groupOf(object.apiVersion);
  const found = applied(object) ?? lastManaged(object);
  return found !== null && groupOf(found) === group ? found : object.apiVersion;
}

/** The object under the version it was written in. The same object when that is what it carries. */
export function inStoredVersion(object: KubeObject): KubeObject {
  const apiVersion = storedApiVersion(object);
  return apiVersion === object.apiVersion ? object : { ...object, apiVersion };
}

function applied(object: KubeObject): string | null {
  const text = object.metadata.annotations?.[LAST_APPLIED];
  if (!text) return null;
  try {
    const version = (JSON.parse(text) as { apiVersion?: unknown } | null)?.apiVersion;
    return typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}

function lastManaged(object: KubeObject): string | null {
  const fields = (object.metadata as { managedFields?: unknown }).managedFields;
  if (!Array.isArray(fields)) return null;
  let last: { version: string; at: string } | null = null;
  for (const field of fields as ManagedField[]) {
    if (typeof field?.apiVersion !== "string" || field.subresource) continue;
    const at = typeof field.time === "string" ? field.time : "";
    if (!last || at >= last.at) last = { version: field.apiVersion, at };
  }
  return last?.version ?? null;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}
