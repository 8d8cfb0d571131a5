/** Reads bodies of built-in kinds against the type table. */
import { isObject, type JsonObject } from "../object";
import type { Shape, ShapeIssue } from "../resource-type";
import { type FieldType, structType, TYPE_META } from "./type-table";

const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE])?$/;

/** What a JSON value of that field should be, or null when it is that. */
function mismatch(field: FieldType, value: unknown): string | null {
  switch (field.code) {
    case "s":
    case "y":
      return typeof value === "string" ? null : "a string";
    case "T":
    case "U":
      return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? null : "a time as in 2006-01-02T15:04:05Z";
    case "i":
    case "l":
      return Number.isInteger(value) ? null : "a whole number";
    case "d":
      return typeof value === "number" ? null : "a number";
    case "b":
      return typeof value === "boolean" ? null : "true or false";
    case "I":
      return typeof value === "string" || Number.isInteger(value) ? null : "a whole number or a string";
    case "Q":
      return typeof value === "number" || (typeof value === "string" && QUANTITY.test(value)) ? null : "a quantity";
    default:
      return null;
  }
}

function kindOf(value: unknown): string {
  return value === null
    ? "null"
    : Array.isArray(value)
      ? "an array"
      : isObject(value)
        ? "an object"
        : `a ${typeof value}`;
}

function wrong(path: string, wanted: string, value: unknown): ShapeIssue {
  return { sort: "type", field: path, message: `must be ${wanted}, is ${kindOf(value)}` };
}

function cleanValue(field: FieldType, value: unknown, path: string, issues: ShapeIssue[]): void {
  if (field.code === "@") {
    if (isObject(value)) cleanStruct(field.reference, value, path, issues);
    else issues.push(wrong(path, "an object", value));
    return;
  }
  const wanted = mismatch(field, value);
  if (wanted !== null) issues.push(wrong(path, wanted, value));
}

function cleanField(field: FieldType, value: unknown, path: string, issues: ShapeIssue[]): void {
  if (field.many === "one") cleanValue(field, value, path, issues);
  else if (field.many === "list") {
    if (!Array.isArray(value)) issues.push(wrong(path, "an array", value));
    else value.forEach((item, index) => void cleanValue(field, item, `${path}[${index}]`, issues));
  } else if (!isObject(value)) issues.push(wrong(path, "an object", value));
  else for (const [key, item] of Object.entries(value)) cleanValue(field, item, `${path}[${key}]`, issues);
}

function cleanStruct(typeName: string, draft: JsonObject, path: string, issues: ShapeIssue[]): void {
  const { fields } = structType(typeName);
  for (const [name, value] of Object.entries(draft)) {
    if (path === "" && TYPE_META.has(name)) continue;
    const at = path === "" ? name : `${path}.${name}`;
    const field = fields.get(name);
    if (field === undefined) {
      issues.push({ sort: "unknown", field: at, message: `unknown field "${at}"` });
      delete draft[name];
    } else if (value === null) {
      delete draft[name];
    } else {
      cleanField(field, value, at, issues);
    }
  }
}

/** Reads any value of a table type, such as the options of a DELETE. */
export function cleanAs(typeName: string, draft: JsonObject): ShapeIssue[] {
  const issues: ShapeIssue[] = [];
  cleanStruct(typeName, draft, "", issues);
  return issues;
}

export function builtInShape(typeName: string, fill: (draft: JsonObject) => void): Shape {
  return { clean: (draft) => cleanAs(typeName, draft), fill, check: () => [] };
}
