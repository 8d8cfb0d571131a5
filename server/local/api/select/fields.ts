/** Field selectors: `metadata.name=a,status.phase!=Running`. */
import type { Stored } from "../object";
import type { ResourceType } from "../resource-type";
import { badRequest } from "../status";

export type FieldTest = (object: Stored) => boolean;

const TERM = /^([^=!,]+?)(==|=|!=)(.*)$/;

function reader(type: ResourceType, field: string): (object: Stored) => string {
  if (field === "metadata.name") return (object) => object.metadata.name;
  if (field === "metadata.namespace" && type.namespaced) return (object) => object.metadata.namespace ?? "";
  const found = type.behaviour.selectableFields[field];
  if (found === undefined) throw badRequest(`field label not supported: ${field}`);
  return found;
}

/** The test of a selector. Throws a 400 that names a field this kind cannot be selected by. */
export function fieldTest(type: ResourceType, text: string): FieldTest {
  const tests = text
    .split(",")
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const match = TERM.exec(part.trim());
      if (match === null) throw badRequest(`invalid field selector "${part}"`);
      const [, field = "", operator, value = ""] = match;
      const read = reader(type, field);
      return operator === "!="
        ? (object: Stored) => read(object) !== value
        : (object: Stored) => read(object) === value;
    });
  return (object) => tests.every((test) => test(object));
}
