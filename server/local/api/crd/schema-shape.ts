/** Pruning and defaulting by a structural schema. */

import { cleanAs } from "../kinds/built-in-shape";
import { isObject, type JsonObject } from "../object";
import type { Shape, ShapeIssue } from "../resource-type";
import { type Schema, schemaAt, schemaCauses } from "./schema-check";

const ROOT_FIELDS = new Set(["apiVersion", "kind", "metadata"]);

function keepsUnknown(schema: Schema): boolean {
  return schema["x-kubernetes-preserve-unknown-fields"] === true;
}

function prune(schema: Schema, value: unknown, path: string, issues: ShapeIssue[]): void {
  if (Array.isArray(value)) {
    const items = schemaAt(schema, "items");
    if (items !== undefined) value.forEach((item, index) => void prune(items, item, `${path}[${index}]`, issues));
    return;
  }
  if (isObject(value)) pruneObject(schema, value, path, issues);
}

function pruneObject(schema: Schema, value: JsonObject, path: string, issues: ShapeIssue[]): void {
  const properties = schemaAt(schema, "properties");
  const rest = schema.additionalProperties;
  const embedded = path === "" || schema["x-kubernetes-embedded-resource"] === true;
  for (const [field, item] of Object.entries(value)) {
    if (embedded && ROOT_FIELDS.has(field)) continue;
    const here = path === "" ? field : `${path}.${field}`;
    const inner = schemaAt(properties, field);
    if (inner !== undefined) prune(inner, item, here, issues);
    else if (isObject(rest)) prune(rest, item, here, issues);
    else if (rest !== true && !keepsUnknown(schema)) {
      issues.push({ sort: "unknown", field: here, message: `unknown field "${here}"` });
      delete value[field];
    }
  }
}

/** Fills defaults in, deepest last, and takes nulls away where a schema does not allow them. */
function fill(schema: Schema, value: unknown): void {
  if (Array.isArray(value)) {
    const items = schemaAt(schema, "items");
    if (items !== undefined) for (const item of value) fill(items, item);
  } else if (isObject(value)) fillObject(schema, value);
}

function fillObject(schema: Schema, value: JsonObject): void {
  const properties = schemaAt(schema, "properties") ?? {};
  for (const [field, inner] of Object.entries(properties)) if (isObject(inner)) fillField(inner, value, field);
  const rest = schemaAt(schema, "additionalProperties");
  if (rest === undefined) return;
  for (const [field, item] of Object.entries(value)) if (properties[field] === undefined) fill(rest, item);
}

function fillField(schema: Schema, value: JsonObject, field: string): void {
  if (schema.default !== undefined && (value[field] === undefined || (value[field] === null && !schema.nullable)))
    value[field] = structuredClone(schema.default);
  if (value[field] !== undefined) fill(schema, value[field]);
}

/** The shape of one version of a custom resource. */
export function schemaShape(schema: Schema): Shape {
  return {
    clean(draft) {
      const issues: ShapeIssue[] = [];
      if (isObject(draft.metadata)) issues.push(...cleanAs("meta.v1.ObjectMeta", draft.metadata).map(underMetadata));
      prune(schema, draft, "", issues);
      return issues;
    },
    fill: (draft) => fill(schema, draft),
    check(object) {
      const { metadata: _, ...rest } = object;
      return schemaCauses(withoutMetadata(schema), rest, "");
    },
  };
}

const bare = new WeakMap<Schema, Schema>();
/** Metadata has rules of its own, whatever a schema says of it. */
function withoutMetadata(schema: Schema): Schema {
  const known = bare.get(schema);
  if (known !== undefined) return known;
  const { metadata: _, ...properties } = schemaAt(schema, "properties") ?? {};
  const needed = Array.isArray(schema.required) ? schema.required.filter((field) => field !== "metadata") : [];
  const made = { ...schema, properties, required: needed };
  bare.set(schema, made);
  return made;
}

function underMetadata(issue: ShapeIssue): ShapeIssue {
  const field = `metadata.${issue.field}`;
  return { ...issue, field, message: issue.sort === "unknown" ? `unknown field "${field}"` : issue.message };
}
