/** Protobuf messages of the built-in kinds as the JSON the API works with, by the type table. */
import { type FieldType, structType } from "../kinds/type-table";
import type { Json, JsonObject } from "../object";
import { badRequest } from "../status";
import { signed, type WireField, type WireValue, wireFields } from "./wire";

function bytesOf(value: WireValue): Buffer {
  if (value.sort !== "bytes") throw badRequest("protobuf: a field is not of the type its kind says");
  return value.value;
}

function numberOf(value: WireValue): number {
  if (value.sort === "varint") return signed(value.value);
  if (value.sort === "fixed") return value.value.length === 8 ? value.value.readDoubleLE() : value.value.readFloatLE();
  throw badRequest("protobuf: a field is not of the type its kind says");
}

function find(fields: readonly WireField[], number: number): WireValue | undefined {
  return fields.findLast((field) => field.number === number)?.value;
}

/** Time{seconds=1,nanos=2}; MicroTime alike. */
function time(bytes: Buffer, micro: boolean): Json {
  const fields = wireFields(bytes);
  const seconds = find(fields, 1);
  if (seconds === undefined) return null;
  const nanos = find(fields, 2);
  const text = new Date(numberOf(seconds) * 1000).toISOString().slice(0, 19);
  const micros = nanos === undefined ? 0 : Math.floor(numberOf(nanos) / 1000);
  return micro ? `${text}.${String(micros).padStart(6, "0")}Z` : `${text}Z`;
}

/** IntOrString{type=1,intVal=2,strVal=3} */
function intOrString(bytes: Buffer): Json {
  const fields = wireFields(bytes);
  const text = find(fields, 3);
  const sort = find(fields, 1);
  if (sort !== undefined && numberOf(sort) === 1) return text === undefined ? "" : bytesOf(text).toString("utf8");
  const number = find(fields, 2);
  return number === undefined ? 0 : numberOf(number);
}

function firstText(bytes: Buffer): string {
  const value = find(wireFields(bytes), 1);
  return value === undefined ? "" : bytesOf(value).toString("utf8");
}

function scalar(field: FieldType, value: WireValue): Json {
  switch (field.code) {
    case "s":
      return bytesOf(value).toString("utf8");
    case "y":
      return bytesOf(value).toString("base64");
    case "b":
      return numberOf(value) !== 0;
    case "i":
    case "l":
    case "d":
      return numberOf(value);
    case "T":
      return time(bytesOf(value), false);
    case "U":
      return time(bytesOf(value), true);
    case "Q":
      return firstText(bytesOf(value));
    case "I":
      return intOrString(bytesOf(value));
    case "R": {
      const raw = firstText(bytesOf(value));
      return raw === "" ? {} : (JSON.parse(raw) as Json);
    }
    default:
      return decodeMessage(field.reference, bytesOf(value));
  }
}

/** A field that is not optional in Go is always sent, empty or not: an empty one says nothing in JSON. */
function isSilent(field: FieldType, value: Json): boolean {
  if (value === null) return true;
  if (field.code === "s") return value === "" && !field.required;
  if (field.code === "@")
    return (
      Object.keys(value as JsonObject).length === 0 &&
      !["emptyDir", "podSelector", "namespaceSelector"].includes(field.name)
    );
  return false;
}

function entry(field: FieldType, bytes: Buffer): [string, Json] {
  const fields = wireFields(bytes);
  const key = find(fields, 1);
  const value = find(fields, 2);
  const empty: Json = field.code === "@" ? {} : "";
  return [key === undefined ? "" : bytesOf(key).toString("utf8"), value === undefined ? empty : scalar(field, value)];
}

/** The message as JSON. `typeName` is one of the type table. */
export function decodeMessage(typeName: string, bytes: Buffer): JsonObject {
  const { wire } = structType(typeName);
  const byNumber = new Map(wire.map((field) => [field.number, field]));
  const result: JsonObject = {};
  for (const { number, value } of wireFields(bytes)) {
    const field = byNumber.get(number);
    if (field === undefined) continue;
    if (field.many === "map") {
      const [key, item] = entry(field, bytesOf(value));
      result[field.name] = { ...((result[field.name] as JsonObject | undefined) ?? {}), [key]: item };
    } else if (field.many === "list") {
      const before = (result[field.name] as Json[] | undefined) ?? [];
      before.push(scalar(field, value));
      result[field.name] = before;
    } else {
      const item = scalar(field, value);
      if (field.inline) Object.assign(result, item);
      else if (!isSilent(field, item)) result[field.name] = item;
    }
  }
  return result;
}
