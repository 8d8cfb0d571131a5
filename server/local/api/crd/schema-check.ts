/** What is wrong with a value by a CustomResourceDefinition's structural schema (OpenAPI v3 as Kubernetes restricts it). */

import { bad, required, unsupported } from "../kinds/rules";
import { deepEqual, isObject, type JsonObject } from "../object";
import type { Cause } from "../status";

/** A schema as it stands in a CustomResourceDefinition: any JSON object; unknown keywords say nothing. */
export type Schema = JsonObject;

export function schemaAt(schema: Schema | undefined, field: string): Schema | undefined {
  const found = schema?.[field];
  return isObject(found) ? found : undefined;
}

const MESSAGE_LIMIT = 10;

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function typeMatches(schema: Schema, value: unknown): boolean {
  if (value === null) return schema.nullable === true || schema.type === undefined;
  if (schema["x-kubernetes-int-or-string"] === true) return typeof value === "string" || Number.isInteger(value);
  const actual = typeOf(value);
  return schema.type === undefined || schema.type === actual || (schema.type === "number" && actual === "integer");
}

function numberCauses(schema: Schema, value: number, path: string): Cause[] {
  const causes: Cause[] = [];
  const { minimum, maximum, multipleOf } = schema;
  const low = schema.exclusiveMinimum === true;
  const high = schema.exclusiveMaximum === true;
  if (typeof minimum === "number" && (value < minimum || (low && value === minimum))) {
    causes.push(bad(path, value, `should be greater than ${low ? "" : "or equal to "}${minimum}`));
  }
  if (typeof maximum === "number" && (value > maximum || (high && value === maximum))) {
    causes.push(bad(path, value, `should be less than ${high ? "" : "or equal to "}${maximum}`));
  }
  if (typeof multipleOf === "number" && value % multipleOf !== 0)
    causes.push(bad(path, value, `should be a multiple of ${multipleOf}`));
  const whole = schema.format === "int32" || schema.format === "int64";
  if (whole && !Number.isInteger(value)) causes.push(bad(path, value, `must be of type ${String(schema.format)}`));
  if (schema.format === "int32" && (value > 2147483647 || value < -2147483648))
    causes.push(bad(path, value, "must be a 32-bit number"));
  return causes;
}

const patterns = new Map<string, RegExp | null>();
function pattern(text: string): RegExp | null {
  const known = patterns.get(text);
  if (known !== undefined) return known;
  let made: RegExp | null;
  try {
    made = new RegExp(text);
  } catch {
    made = null;
  }
  patterns.set(text, made);
  return made;
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  "date-time": (text) => /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)),
  byte: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0,
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  ipv4: (text) => /^(\d{1,3}\.){3}\d{1,3}$/.test(text),
  uri: (text) => URL.canParse(text),
};

function stringCauses(schema: Schema, value: string, path: string): Cause[] {
  const causes: Cause[] = [];
  if (typeof schema.minLength === "number" && value.length < schema.minLength) {
    causes.push(bad(path, value, `should be at least ${schema.minLength} chars long`));
  }
  if (typeof schema.maxLength === "number" && value.length > schema.maxLength) {
    causes.push({
      reason: "FieldValueTooLong",
      field: path,
      message: `Too long: may not be more than ${schema.maxLength} bytes`,
    });
  }
  if (typeof schema.pattern === "string" && pattern(schema.pattern)?.test(value) === false) {
    causes.push(bad(path, value, `should match '${schema.pattern}'`));
  }
  const format = typeof schema.format === "string" ? FORMATS[schema.format] : undefined;
  if (format !== undefined && !format(value)) causes.push(bad(path, value, `must be of type ${String(schema.format)}`));
  return causes;
}

function listKey(schema: Schema, item: unknown): string {
  const keys = schema["x-kubernetes-list-map-keys"];
  if (schema["x-kubernetes-list-type"] !== "map" || !Array.isArray(keys) || !isObject(item))
    return JSON.stringify(item);
  return JSON.stringify(keys.map((key) => item[String(key)] ?? null));
}

function arrayCauses(schema: Schema, value: readonly unknown[], path: string): Cause[] {
  const causes: Cause[] = [];
  if (typeof schema.minItems === "number" && value.length < schema.minItems) {
    causes.push(bad(path, value.length, `should have at least ${schema.minItems} items`));
  }
  if (typeof schema.maxItems === "number" && value.length > schema.maxItems) {
    causes.push({
      reason: "FieldValueTooMany",
      field: path,
      message: `Too many: ${value.length}: must have at most ${schema.maxItems} items`,
    });
  }
  const kind = schema["x-kubernetes-list-type"];
  if (schema.uniqueItems === true || kind === "set" || kind === "map") {
    const seen = new Set<string>();
    value.forEach((item, index) => {
      const key = listKey(schema, item);
      if (seen.has(key))
        causes.push({ reason: "FieldValueDuplicate", field: `${path}[${index}]`, message: `Duplicate value: ${key}` });
      seen.add(key);
    });
  }
  const items = schemaAt(schema, "items");
  if (items !== undefined)
    value.forEach((item, index) => void causes.push(...schemaCauses(items, item, `${path}[${index}]`)));
  return causes;
}

function join(path: string, field: string): string {
  return path === "" ? field : `${path}.${field}`;
}

function objectCauses(schema: Schema, value: JsonObject, path: string): Cause[] {
  const causes: Cause[] = [];
  const needed = Array.isArray(schema.required) ? schema.required : [];
  for (const field of needed) if (value[String(field)] === undefined) causes.push(required(join(path, String(field))));
  const count = Object.keys(value).length;
  if (typeof schema.minProperties === "number" && count < schema.minProperties) {
    causes.push(bad(path, count, `should have at least ${schema.minProperties} properties`));
  }
  if (typeof schema.maxProperties === "number" && count > schema.maxProperties) {
    causes.push(bad(path, count, `should have at most ${schema.maxProperties} properties`));
  }
  const properties = schemaAt(schema, "properties");
  const rest = schemaAt(schema, "additionalProperties");
  for (const [field, item] of Object.entries(value)) {
    const inner = schemaAt(properties, field);
    if (inner !== undefined) causes.push(...schemaCauses(inner, item, join(path, field)));
    else if (rest !== undefined) causes.push(...schemaCauses(rest, item, `${path}[${field}]`));
  }
  return causes;
}

function combined(schema: Schema, value: unknown, path: string): Cause[] {
  const branches = (field: string) => (Array.isArray(schema[field]) ? schema[field].filter(isObject) : []);
  const passes = (branch: Schema) => schemaCauses(branch, value, path).length === 0;
  const causes = branches("allOf").flatMap((branch) => schemaCauses(branch, value, path));
  const any = branches("anyOf");
  if (any.length > 0 && !any.some(passes)) causes.push(bad(path, value, "must validate at least one schema (anyOf)"));
  const one = branches("oneOf");
  if (one.length > 0 && one.filter(passes).length !== 1)
    causes.push(bad(path, value, "must validate one and only one schema (oneOf)"));
  const not = schemaAt(schema, "not");
  if (not !== undefined && passes(not)) causes.push(bad(path, value, "must not validate the schema (not)"));
  return causes;
}

/** Everything that is wrong with a value, with paths from `path` on. */
export function schemaCauses(schema: Schema, value: unknown, path: string): Cause[] {
  if (!typeMatches(schema, value)) {
    const wanted = schema["x-kubernetes-int-or-string"] === true ? "integer or string" : String(schema.type);
    const shown = typeOf(value);
    return [
      {
        reason: "FieldValueTypeInvalid",
        field: path,
        message: `Invalid value: "${shown}": ${path} in body must be of type ${wanted}: "${shown}"`,
      },
    ];
  }
  if (value === null) return [];
  const causes = combined(schema, value, path);
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => deepEqual(one, value))) {
    causes.push(unsupported(path, value, schema.enum.map(String)));
  }
  if (typeof value === "number") causes.push(...numberCauses(schema, value, path));
  else if (typeof value === "string") causes.push(...stringCauses(schema, value, path));
  else if (Array.isArray(value)) causes.push(...arrayCauses(schema, value, path));
  else if (isObject(value)) causes.push(...objectCauses(schema, value, path));
  return causes.slice(0, MESSAGE_LIMIT);
}
