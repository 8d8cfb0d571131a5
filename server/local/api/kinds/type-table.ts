/** The built-in kinds' types: fields with their protobuf number, JSON type and how a strategic merge treats them. */
import { CORE_TYPES } from "./types-core";
import { OTHER_TYPES } from "./types-other";

/** s string, i int32, l int64, b boolean, y base64 bytes, d double, Q quantity, I int or string, T time, U time with microseconds, R any JSON, @ another type. */
export type FieldCode = "s" | "i" | "l" | "b" | "y" | "d" | "Q" | "I" | "T" | "U" | "R" | "@";

export interface FieldType {
  /** Protobuf field number. */
  readonly number: number;
  readonly name: string;
  readonly code: FieldCode;
  /** The type's name when code is `@`, else empty. */
  readonly reference: string;
  readonly many: "one" | "list" | "map";
  /** The type's fields appear in the parent itself. */
  readonly inline: boolean;
  readonly required: boolean;
  readonly strategies: readonly string[];
  readonly mergeKey: string | null;
}

export interface StructType {
  readonly name: string;
  /** As in protobuf messages: inlined types are one field. */
  readonly wire: readonly FieldType[];
  /** As in JSON: inlined types are spread. By name. */
  readonly fields: ReadonlyMap<string, FieldType>;
}

function parseField(text: string): FieldType {
  const [number = "0", name = "", type = "", merge = ""] = text.split(" ");
  const match = /^(?:@([\w.]+)|([a-zA-Z]))([*%]?)(\^?)(!?)$/.exec(type);
  if (match === null) throw new Error(`type table: cannot read "${text}"`);
  const [, reference = "", scalar, many, inline, required] = match;
  const [strategies = "", mergeKey] = merge.split(":");
  return {
    number: Number(number),
    name,
    code: (scalar ?? "@") as FieldCode,
    reference,
    many: many === "*" ? "list" : many === "%" ? "map" : "one",
    inline: inline === "^",
    required: required === "!",
    strategies: strategies === "" ? [] : strategies.split("+"),
    mergeKey: mergeKey ?? null,
  };
}

const wires = new Map<string, readonly FieldType[]>();
for (const line of `${CORE_TYPES}${OTHER_TYPES}`.split("\n")) {
  const [name = "", ...fields] = line.split("|");
  if (name !== "") wires.set(name, fields.filter((field) => field !== "").map(parseField));
}

const structs = new Map<string, StructType>();

/** The type of that name, such as `core.v1.PodSpec`. Throws for a name that is not in the table: a mistake of ours. */
export function structType(name: string): StructType {
  const known = structs.get(name);
  if (known !== undefined) return known;
  const wire = wires.get(name);
  if (wire === undefined) throw new Error(`type table: no type ${name}`);
  const fields = new Map<string, FieldType>();
  for (const field of wire) {
    if (field.inline) for (const [inner, type] of structType(field.reference).fields) fields.set(inner, type);
    else fields.set(field.name, field);
  }
  const made = { name, wire, fields };
  structs.set(name, made);
  return made;
}

export function hasType(name: string): boolean {
  return wires.has(name);
}

/** Fields every kind has beside those of its type. */
export const TYPE_META = new Set(["apiVersion", "kind"]);
