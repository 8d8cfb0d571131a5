import type { KubeObject } from "@/lib/kube/objects";
import { isSmiKind, layoutOf } from "@/lib/smi/versions";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

interface ManagedField {
  readonly apiVersion?: unknown;
  readonly time?: unknown;
  readonly subresource?: unknown;
}

/**
 * The apiVersion the object was written in. Where a CRD has no conversion the API answers the same body under whichever
 * version is asked for, so the answer's own apiVersion says nothing. kubectl's record of what was applied comes first,
 * then the managed fields, oldest first: `kubectl patch` and `label` go through the preferred version and leave the
 * body's shape as it was. A version whose shape is not the body's does not count. Without any it is the object's.
 */
export function storedApiVersion(object: KubeObject): string {
  const group = groupOf(object.apiVersion);
  const candidates = [applied(object), ...managed(object)];
  const found = candidates.find((version) => version !== null && groupOf(version) === group && fits(object, version));
  return found ?? object.apiVersion;
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

/** Versions of those who wrote the object itself, oldest first. */
function managed(object: KubeObject): string[] {
  const fields = (object.metadata as { managedFields?: unknown }).managedFields;
  if (!Array.isArray(fields)) return [];
  const entries = (fields as ManagedField[]).flatMap((field) => {
    if (typeof field?.apiVersion !== "string" || field.subresource) return [];
    return [{ version: field.apiVersion, at: typeof field.time === "string" ? field.time : "" }];
  });
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map((entry) => entry.version);
}

/** Early SMI versions have their fields at the top of the object, later ones under spec. */
function fits(object: KubeObject, apiVersion: string): boolean {
  if (!isSmiKind(object.kind)) return true;
  return (layoutOf(apiVersion).place === "spec") === (object.spec !== undefined);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}
