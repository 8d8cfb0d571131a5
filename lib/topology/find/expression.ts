/** A search once read, and how it is written. */
import type { ChoiceName, FigureName, FlagName, Relation, TextName } from "./fields";
import { FIELDS } from "./fields";
import { quoted } from "./token";

export type Expression =
  | { readonly op: "and" | "or"; readonly of: readonly Expression[] }
  | { readonly op: "not"; readonly of: Expression }
  | { readonly op: "flag"; readonly flag: FlagName }
  /** In the field's first unit. */
  | { readonly op: "figure"; readonly field: FigureName; readonly relation: FigureRelation; readonly value: number }
  | {
      readonly op: "text";
      readonly field: TextName | ChoiceName;
      readonly relation: TextRelation;
      readonly value: string;
    };

export type FigureRelation = Exclude<Relation, "~">;
export type TextRelation = "=" | "!=" | "~";

/** Reads back as the same expression. */
export function printExpression(expression: Expression): string {
  switch (expression.op) {
    case "and":
    case "or":
      return expression.of.map((part) => printPart(part, expression.op)).join(` ${expression.op} `);
    case "not":
      return `not ${printPart(expression.of, "not")}`;
    case "flag":
      return expression.flag;
    case "figure":
      return `${expression.field} ${expression.relation} ${expression.value}${unitOf(expression.field)}`;
    case "text":
      return `${expression.field} ${expression.relation} ${quoted(expression.value)}`;
  }
}

/** In parentheses where it would be read otherwise without. */
function printPart(part: Expression, within: "and" | "or" | "not"): string {
  const text = printExpression(part);
  const isList = part.op === "and" || part.op === "or";
  return isList && !(within === "or" && part.op === "and") ? `(${text})` : text;
}

function unitOf(name: FigureName): string {
  const field = FIELDS.find((each) => each.name === name);
  return field?.sort === "figure" ? (Object.keys(field.units)[0] ?? "") : "";
}
