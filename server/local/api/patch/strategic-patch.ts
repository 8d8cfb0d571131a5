/**
 * Strategic merge: as a merge patch, but lists whose items have a key (containers by name, ports by number) are merged item by item.
 * Directives: `$patch: replace|delete|merge`, `$retainKeys`, `$setElementOrder/FIELD`, `$deleteFromPrimitiveList/FIELD`.
 */
import { type FieldType, structType } from "../kinds/type-table";
import { deepEqual, isObject, type Json, type JsonObject } from "../object";
import { badRequest } from "../status";

const ORDER = "$setElementOrder/";
const DROP = "$deleteFromPrimitiveList/";

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

function checkDirective(value: Json): void {
  if (value !== "replace" && value !== "delete" && value !== "merge")
    throw badRequest(`strategic merge: unknown $patch directive ${JSON.stringify(value)}`);
}

/** A map without schema: labels, data. */
function mergeMap(original: JsonObject, patch: JsonObject): JsonObject {
  if (patch.$patch !== undefined) checkDirective(patch.$patch);
  if (patch.$patch === "delete") return {};
  const result: JsonObject = patch.$patch === "replace" ? {} : { ...original };
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith("$")) continue;
    if (value === null) delete result[field];
    else if (isObject(value)) result[field] = mergeMap(isObject(result[field]) ? result[field] : {}, value);
    else result[field] = value;
  }
  return result;
}

function mergeStruct(original: JsonObject, patch: JsonObject, typeName: string): JsonObject {
  if (patch.$patch !== undefined) checkDirective(patch.$patch);
  if (patch.$patch === "delete") return {};
  const result: JsonObject = patch.$patch === "replace" ? {} : { ...original };
  const { fields } = structType(typeName);
  const retained = list(patch.$retainKeys);
  if (retained.length > 0) for (const field of Object.keys(result)) if (!retained.includes(field)) delete result[field];
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith("$")) continue;
    if (value === null) {
      delete result[field];
      continue;
    }
    const merged = mergeField(fields.get(field), result[field], value);
    if (merged === undefined) delete result[field];
    else result[field] = merged;
  }
  for (const directive of Object.keys(patch)) applyListDirective(result, patch, directive, fields);
  return result;
}

/** Order and removal of list items whose list the patch does not otherwise touch. */
function applyListDirective(
  result: JsonObject,
  patch: JsonObject,
  directive: string,
  fields: ReadonlyMap<string, FieldType>,
): void {
  if (directive.startsWith(DROP)) {
    const field = directive.slice(DROP.length);
    const dropped = list(patch[directive]);
    result[field] = list(result[field]).filter((item) => !dropped.some((one) => deepEqual(one, item)));
  } else if (directive.startsWith(ORDER)) {
    const field = directive.slice(ORDER.length);
    if (Array.isArray(result[field]))
      result[field] = ordered(list(result[field]), list(patch[directive]), fields.get(field)?.mergeKey ?? null);
  }
}

function ordered(items: readonly Json[], order: readonly Json[], key: string | null): Json[] {
  const idOf = (item: Json): string => JSON.stringify(key !== null && isObject(item) ? (item[key] ?? null) : item);
  const places = new Map(order.map((item, place) => [idOf(item), place]));
  const sorted = items
    .filter((item) => places.has(idOf(item)))
    .sort((a, b) => (places.get(idOf(a)) ?? 0) - (places.get(idOf(b)) ?? 0));
  // Items the order does not name (others put them there) stay behind the item they followed.
  let previous: Json | undefined;
  for (const item of items) {
    if (!places.has(idOf(item))) sorted.splice(previous === undefined ? 0 : sorted.indexOf(previous) + 1, 0, item);
    previous = item;
  }
  return sorted;
}

function mergeField(field: FieldType | undefined, original: Json | undefined, value: Json): Json | undefined {
  if (field === undefined) return value;
  if (field.many === "map") return isObject(value) ? mergeMap(isObject(original) ? original : {}, value) : value;
  if (field.many === "list") {
    if (!field.strategies.includes("merge") || !Array.isArray(value)) return value;
    return field.mergeKey === null || field.code !== "@"
      ? union(list(original), value)
      : mergeList(list(original), value, field);
  }
  if (field.code !== "@" || !isObject(value)) return value;
  if (value.$patch === "delete") return undefined;
  const whole = field.strategies.includes("replace");
  const base = isObject(original) && !whole ? original : {};
  return mergeStruct(base, value, field.reference);
}

function union(original: readonly Json[], added: readonly Json[]): Json[] {
  const result = [...original];
  for (const item of added) if (!result.some((one) => deepEqual(one, item))) result.push(item);
  return result;
}

function mergeList(original: readonly Json[], patch: readonly Json[], field: FieldType): Json[] {
  const key = field.mergeKey ?? "";
  const replaces = patch.some((item) => isObject(item) && item.$patch === "replace" && item[key] === undefined);
  let result: Json[] = replaces ? [] : [...original];
  for (const item of patch) {
    if (!isObject(item)) throw badRequest(`strategic merge: an item of ${field.name} is not an object`);
    if (item.$patch !== undefined) checkDirective(item.$patch);
    const id = item[key];
    if (id === undefined) {
      if (item.$patch === "replace") continue;
      throw badRequest(`strategic merge: an item of ${field.name} does not contain the declared merge key: ${key}`);
    }
    const place = result.findIndex((one) => isObject(one) && deepEqual(one[key], id));
    const found = result[place];
    if (item.$patch === "delete") result = result.filter((_, at) => at !== place);
    else if (place < 0) result.push(mergeStruct({}, item, field.reference));
    else result[place] = mergeStruct(isObject(found) ? found : {}, item, field.reference);
  }
  return result;
}

/** The object with the patch merged in by the rules of that type. The object stays as it is. */
export function applyStrategicPatch(object: JsonObject, patch: unknown, typeName: string): JsonObject {
  if (!isObject(patch)) throw badRequest("strategic merge: the body must be an object");
  const { apiVersion = object.apiVersion, kind = object.kind, ...rest } = patch;
  const merged = mergeStruct(object, rest, typeName);
  return structuredClone({
    ...merged,
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
  });
}
