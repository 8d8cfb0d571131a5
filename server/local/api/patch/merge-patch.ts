/** JSON Merge Patch (RFC 7386). */
import { isObject, type Json, type JsonObject } from "../object";
import { badRequest } from "../status";

function merge(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return structuredClone(patch);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete result[field];
    else result[field] = merge(result[field], value);
  }
  return result;
}

/** The document with the patch merged in; the document stays as it is. */
export function applyMergePatch(document: JsonObject, patch: unknown): JsonObject {
  if (!isObject(patch)) throw badRequest("merge patch: the body must be an object");
  return structuredClone(merge(document, patch)) as JsonObject;
}
