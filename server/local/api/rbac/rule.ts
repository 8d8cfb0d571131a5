/** One rule of a role, and the question it answers. */
import { listAt } from "../object";

/** As written in a Role or ClusterRole. Empty lists where nothing is said. */
export interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** `pods`, `pods/log`, `*`, or a subresource of any kind: `*` + `/scale`. */
  readonly resources: readonly string[];
  /** Empty: objects of any name. */
  readonly resourceNames: readonly string[];
  /** Paths; a `*` at the end stands for anything. */
  readonly nonResourceURLs: readonly string[];
}

export interface ResourceAttributes {
  readonly sort: "resource";
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Empty for the object itself. */
  readonly subresource: string;
  /** Empty for all namespaces and for kinds without one. */
  readonly namespace: string;
  /** Empty when the request names no single object. */
  readonly name: string;
}

export interface PathAttributes {
  readonly sort: "path";
  /** HTTP method in lower case. */
  readonly verb: string;
  readonly path: string;
}

/** What a request wants to do. */
export type Attributes = ResourceAttributes | PathAttributes;

function texts(value: unknown, field: string): string[] {
  return listAt(value, field).filter((one) => typeof one === "string");
}

/** The rules of a Role or ClusterRole. */
export function rulesOf(role: unknown): Rule[] {
  return listAt(role, "rules").map((rule) => ({
    verbs: texts(rule, "verbs"),
    apiGroups: texts(rule, "apiGroups"),
    resources: texts(rule, "resources"),
    resourceNames: texts(rule, "resourceNames"),
    nonResourceURLs: texts(rule, "nonResourceURLs"),
  }));
}

function has(list: readonly string[], wanted: string): boolean {
  return list.includes("*") || list.includes(wanted);
}

function resourceMatches(rule: Rule, asked: ResourceAttributes): boolean {
  if (asked.subresource === "") return has(rule.resources, asked.resource);
  return (
    has(rule.resources, `${asked.resource}/${asked.subresource}`) || rule.resources.includes(`*/${asked.subresource}`)
  );
}

function pathMatches(pattern: string, path: string): boolean {
  if (pattern === "*" || pattern === path) return true;
  return pattern.endsWith("*") && path.startsWith(pattern.replace(/\*+$/, ""));
}

/** Whether this rule alone allows it. Where the rule is bound is not its concern. */
export function ruleAllows(rule: Rule, asked: Attributes): boolean {
  if (!has(rule.verbs, asked.verb)) return false;
  if (asked.sort === "path") return rule.nonResourceURLs.some((pattern) => pathMatches(pattern, asked.path));
  return (
    has(rule.apiGroups, asked.group) &&
    resourceMatches(rule, asked) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(asked.name))
  );
}
