/** The part of Kubernetes' JSONPath that printer columns and scale paths use. */
import { isObject } from "../object";

type Step = { field: string } | { index: number } | { all: true } | { filter: string[]; equals: string };

const TOKEN =
  /\.?\[\?\(@\.([^=\s]+)\s*==\s*["']([^"']*)["']\)\]|\.?\['((?:[^'\\]|\\.)*)'\]|\.?\["((?:[^"\\]|\\.)*)"\]|\.?\[(-?\d+)\]|\.?(\[\*\]|\*)|\.?((?:[^.[\]\\]|\\.)+)/gy;

function parse(path: string): Step[] {
  const steps: Step[] = [];
  const text = path.replace(/^\{|\}$/g, "").replace(/^\$/, "");
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) break;
    const [, filter, equals = "", single, double, index, all, plain] = match;
    const name = single ?? double ?? plain;
    if (filter !== undefined) steps.push({ filter: filter.split("."), equals });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else if (all !== undefined) steps.push({ all: true });
    else if (name !== undefined) steps.push({ field: name.replaceAll(/\\(.)/g, "$1") });
  }
  return steps;
}

function dig(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, field) => (isObject(here) ? here[field] : undefined), value);
}

/** What one step leads to from one value. */
function follow(value: unknown, step: Step): readonly unknown[] {
  if ("field" in step) return isObject(value) && value[step.field] !== undefined ? [value[step.field]] : [];
  if ("all" in step && isObject(value)) return Object.values(value);
  if (!Array.isArray(value)) return [];
  if ("all" in step) return value;
  if ("filter" in step) return value.filter((item) => dig(item, step.filter) === step.equals);
  const found: unknown = value.at(step.index);
  return found === undefined ? [] : [found];
}

function walk(values: readonly unknown[], step: Step): unknown[] {
  return values.flatMap((value) => follow(value, step));
}

/** Reads `.spec.backends[*].service`: every value the path leads to. */
export function jsonPath(path: string): (value: unknown) => unknown[] {
  const steps = parse(path);
  return (value) => steps.reduce<unknown[]>(walk, [value]);
}

/** `.spec.replicas` as field names; empty for an empty path. */
export function simplePath(path: string): string[] {
  return parse(path).flatMap((step) => ("field" in step ? [step.field] : []));
}
