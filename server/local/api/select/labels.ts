/** Label selectors: the text form of queries and the object form of specs. */

import { bad, labelKeyProblem, labelValueProblem, unsupported } from "../kinds/rules";
import { isObject, listAt, textAt } from "../object";
import { badRequest, type Cause } from "../status";

export type Labels = Readonly<Record<string, string>>;
export type LabelTest = (labels: Labels) => boolean;

const SETS = /^([^\s!=<>(),]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUALS = /^([^\s!=<>(),]+)\s*(==|=|!=)\s*([^\s!=<>(),]*)$/;
const COMPARES = /^([^\s!=<>(),]+)\s*([<>])\s*(-?\d+)$/;
const EXISTS = /^(!?)\s*([^\s!=<>(),]+)$/;

/** Commas outside parentheses part the requirements. */
function requirements(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const char = text[i];
    if (char === "(") depth += 1;
    else if (char === ")") depth -= 1;
    else if (char === undefined || (char === "," && depth === 0)) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts.filter((part) => part !== "");
}

function checked(key: string, values: readonly string[], text: string): void {
  const problem = labelKeyProblem(key) ?? values.map(labelValueProblem).find((one) => one !== null) ?? null;
  if (problem !== null) throw badRequest(`unable to parse requirement "${text}": ${problem}`);
}

function requirement(text: string): LabelTest {
  const set = SETS.exec(text);
  if (set !== null) {
    const [, key = "", operator, list = ""] = set;
    const values = list.split(",").map((value) => value.trim());
    checked(key, values, text);
    if (operator === "in") return (labels) => labels[key] !== undefined && values.includes(labels[key]);
    return (labels) => labels[key] === undefined || !values.includes(labels[key]);
  }
  const equals = EQUALS.exec(text);
  if (equals !== null) {
    const [, key = "", operator, value = ""] = equals;
    checked(key, [value], text);
    return operator === "!=" ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
  }
  const compares = COMPARES.exec(text);
  if (compares !== null) {
    const [, key = "", operator, bound] = compares;
    const limit = Number(bound);
    return (labels) => {
      const value = Number(labels[key] ?? Number.NaN);
      return operator === "<" ? value < limit : value > limit;
    };
  }
  const exists = EXISTS.exec(text);
  if (exists === null) throw badRequest(`unable to parse requirement "${text}" of the label selector`);
  const [, not, key = ""] = exists;
  checked(key, [], text);
  return not === "!" ? (labels) => labels[key] === undefined : (labels) => labels[key] !== undefined;
}

/** The test of `a=b,c in (d,e),!f`. Throws a 400 for what is not a selector. */
export function labelTest(text: string): LabelTest {
  const tests = requirements(text).map(requirement);
  return (labels) => tests.every((test) => test(labels));
}

function expressionMatches(expression: unknown, labels: Labels): boolean {
  const value = labels[textAt(expression, "key")];
  const values = listAt(expression, "values");
  switch (textAt(expression, "operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a selector object (`matchLabels`, `matchExpressions`) selects these labels. An empty one selects all. */
export function selectsLabels(selector: unknown, labels: Labels): boolean {
  if (!isObject(selector)) return false;
  const wanted = isObject(selector.matchLabels) ? Object.entries(selector.matchLabels) : [];
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    listAt(selector, "matchExpressions").every((expression) => expressionMatches(expression, labels))
  );
}

export function selectorCauses(path: string, selector: unknown): Cause[] {
  return listAt(selector, "matchExpressions").flatMap((expression, index) => {
    const here = `${path}.matchExpressions[${index}]`;
    const operator = textAt(expression, "operator");
    const count = listAt(expression, "values").length;
    const causes: Cause[] = [];
    const key = textAt(expression, "key");
    const problem = labelKeyProblem(key);
    if (problem !== null) causes.push(bad(`${here}.key`, key, problem));
    if (!["In", "NotIn", "Exists", "DoesNotExist"].includes(operator)) {
      causes.push(unsupported(`${here}.operator`, operator, ["In", "NotIn", "Exists", "DoesNotExist"]));
    } else if (operator.endsWith("In") && count === 0) {
      causes.push(bad(`${here}.values`, [], "must be specified when `operator` is 'In' or 'NotIn'"));
    }
    return causes;
  });
}

/** A selector object as the text of a query. */
export function selectorText(selector: unknown): string {
  if (!isObject(selector)) return "";
  const labels = isObject(selector.matchLabels)
    ? Object.entries(selector.matchLabels)
    : Object.entries(selector).filter(([, value]) => typeof value === "string");
  const parts = labels.map(([key, value]) => `${key}=${String(value)}`);
  for (const expression of listAt(selector, "matchExpressions")) {
    const key = textAt(expression, "key");
    const values = listAt(expression, "values").join(",");
    const operator = textAt(expression, "operator");
    if (operator === "In") parts.push(`${key} in (${values})`);
    else if (operator === "NotIn") parts.push(`${key} notin (${values})`);
    else parts.push(operator === "Exists" ? key : `!${key}`);
  }
  return parts.join(",");
}
