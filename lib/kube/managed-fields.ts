/** metadata.managedFields: who wrote an object last, and when. What the API server noted, never what we guess. */
import { isRecord } from "@/lib/smi/body";
import type { KubeObject } from "./objects";

export interface Write {
  /** The field manager: `kubectl-client-side-apply`, `helm`, `meshdeck`. */
  readonly by: string;
  /** Unix milliseconds; the API server notes whole seconds. */
  readonly at: number;
}

/** Parts of an object whose change is news of its own, not of what was asked for. */
const OWN_NEWS = new Set(["f:metadata", "f:status"]);

/**
 * The newest write to what the object asks for: a status, or a note left in its metadata, is none (a Namespace is asked for
 * by its labels, so there every write counts). null when the object does not say.
 */
export function lastWrite(object: KubeObject): Write | null {
  const entries = (object.metadata as { managedFields?: unknown }).managedFields;
  let newest: Write | null = null;
  for (const entry of Array.isArray(entries) ? (entries as unknown[]) : []) {
    const write = isRecord(entry) && asksFor(entry, object.kind) ? writeOf(entry) : null;
    if (write && write.at >= (newest?.at ?? 0)) newest = write;
  }
  return newest;
}

function asksFor(entry: Readonly<Record<string, unknown>>, kind: string): boolean {
  if (entry.subresource === "status") return false;
  const fields = isRecord(entry.fieldsV1) ? Object.keys(entry.fieldsV1) : [];
  return kind === "Namespace" || fields.length === 0 || fields.some((field) => !OWN_NEWS.has(field));
}

function writeOf({ manager, time }: Readonly<Record<string, unknown>>): Write | null {
  const at = typeof time === "string" ? Date.parse(time) : Number.NaN;
  return typeof manager === "string" && manager !== "" && !Number.isNaN(at) ? { by: manager, at } : null;
}

/** When the object was made, unix milliseconds; null when it does not say. */
export function createdAt(object: KubeObject): number | null {
  const at = Date.parse(object.metadata.creationTimestamp ?? "");
  return Number.isNaN(at) ? null : at;
}
