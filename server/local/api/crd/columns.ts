/** additionalPrinterColumns as table columns. */

import { ageColumn, ageText } from "../kinds/age";
import { at, textAt } from "../object";
import type { Column } from "../resource-type";
import { jsonPath } from "./json-path";

const TYPES = ["string", "integer", "number", "boolean", "date"] as const;

function cellOf(type: Column["type"], values: readonly unknown[], now: Date): string | number | boolean | null {
  const value = values[0];
  if (value === undefined || value === null) return null;
  if (type === "date") return typeof value === "string" ? ageText(value, now) : null;
  if (type === "integer" || type === "number") return typeof value === "number" ? value : null;
  if (type === "boolean") return typeof value === "boolean" ? value : null;
  const texts = values.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  return texts.join(",");
}

function column(definition: unknown): Column {
  const asked = textAt(definition, "type");
  const type = TYPES.find((one) => one === asked) ?? "string";
  const read = jsonPath(textAt(definition, "jsonPath"));
  const priority = at(definition, "priority");
  return {
    name: textAt(definition, "name"),
    type,
    format: textAt(definition, "format"),
    description: textAt(definition, "description"),
    priority: typeof priority === "number" ? priority : 0,
    cell: (object, now) => cellOf(type, read(object), now),
  };
}

export const nameColumn: Column = {
  name: "Name",
  type: "string",
  format: "name",
  description: "Name must be unique within a namespace.",
  priority: 0,
  cell: (object) => object.metadata.name,
};

/** The columns of a custom resource: its name, then what the definition names, or its age if it names none. */
export function customColumns(definitions: readonly unknown[]): Column[] {
  return [nameColumn, ...(definitions.length === 0 ? [ageColumn] : definitions.map(column))];
}
