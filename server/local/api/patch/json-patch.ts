/** JSON Patch (RFC 6902). */
import { deepEqual, isObject, type Json, type JsonObject } from "../object";
import { badRequest, StatusError } from "../status";

function refuse(message: string): StatusError {
  return new StatusError(422, "Invalid", `the server rejected our request due to an error in our request: ${message}`);
}

function pointer(text: unknown): string[] {
  if (typeof text !== "string" || (text !== "" && !text.startsWith("/")))
    throw badRequest(`json patch: ${JSON.stringify(text)} is not a path`);
  return text
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function index(part: string, length: number, path: string): number {
  const value = Number(part);
  if (!/^(0|[1-9]\d*)$/.test(part) || value > length) throw refuse(`no element ${part} in the list of ${path}`);
  return value;
}

function child(holder: Json | undefined, part: string, path: string): Json {
  const found = Array.isArray(holder)
    ? holder[index(part, holder.length - 1, path)]
    : isObject(holder)
      ? holder[part]
      : undefined;
  if (found === undefined) throw refuse(`path ${path} does not exist`);
  return found;
}

function read(document: Json, parts: readonly string[], path: string): Json {
  return parts.reduce<Json>((here, part) => child(here, part, path), document);
}

function add(holder: Json, part: string, value: Json, path: string): void {
  if (Array.isArray(holder)) holder.splice(part === "-" ? holder.length : index(part, holder.length, path), 0, value);
  else if (isObject(holder)) holder[part] = value;
  else throw refuse(`path ${path} does not lead into an object or a list`);
}

function remove(holder: Json, part: string, path: string): void {
  child(holder, part, path);
  if (Array.isArray(holder)) holder.splice(Number(part), 1);
  else if (isObject(holder)) delete holder[part];
}

function step(document: Json, operation: JsonObject): Json {
  const path = String(operation.path ?? "");
  const parts = pointer(operation.path);
  const last = parts.at(-1);
  const value = operation.value === undefined ? null : structuredClone(operation.value);
  const holder = () => read(document, parts.slice(0, -1), path);
  switch (operation.op) {
    case "test":
      if (!deepEqual(read(document, parts, path), value))
        throw refuse(`testing path ${path} failed: the value there is another`);
      return document;
    case "add":
    case "replace":
      if (last === undefined) return value;
      if (operation.op === "replace") {
        const into = holder();
        child(into, last, path);
        if (Array.isArray(into)) into[Number(last)] = value;
        else add(into, last, value, path);
      } else add(holder(), last, value, path);
      return document;
    case "remove":
      if (last === undefined) return null;
      remove(holder(), last, path);
      return document;
    case "move":
    case "copy": {
      const from = pointer(operation.from);
      const moved = structuredClone(read(document, from, String(operation.from)));
      const fromLast = from.at(-1);
      if (operation.op === "move" && fromLast !== undefined)
        remove(read(document, from.slice(0, -1), path), fromLast, path);
      if (last === undefined) return moved;
      add(holder(), last, moved, path);
      return document;
    }
    default:
      throw badRequest(`json patch: unknown operation ${JSON.stringify(operation.op)}`);
  }
}

/** Applies the operations to a copy. Throws 400 for what is no patch, 422 for one that does not fit the document. */
export function applyJsonPatch(document: JsonObject, patch: unknown): JsonObject {
  if (!Array.isArray(patch)) throw badRequest("json patch: the body must be a list of operations");
  let here: Json = structuredClone(document);
  for (const operation of patch) {
    if (!isObject(operation)) throw badRequest("json patch: every operation must be an object");
    here = step(here, operation);
  }
  if (!isObject(here)) throw refuse("the patched document is not an object");
  return here;
}
