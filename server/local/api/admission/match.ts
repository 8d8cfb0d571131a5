/** Which webhooks a request is for. */

import type { Target } from "../cluster";
import { at, isObject, type JsonObject, listAt, objectAt, type Stored, textAt } from "../object";
import { selectsLabels } from "../select/labels";

export type Operation = "CREATE" | "UPDATE" | "DELETE";

export interface AdmissionRequest {
  readonly operation: Operation;
  readonly target: Target;
  /** As it would be stored; null for DELETE. */
  readonly object: JsonObject | null;
  readonly old: Stored | null;
}

/** One webhook of a configuration. */
export interface Hook {
  readonly name: string;
  readonly configuration: string;
  readonly settings: JsonObject;
}

function includes(list: readonly unknown[], value: string): boolean {
  return list.includes("*") || list.includes(value);
}

/** `pods`, `pods/status`, `pods/*`, `*`, `*` + `/*` or `*` + `/scale` */
function resourceMatches(patterns: readonly unknown[], resource: string, subresource: string): boolean {
  return patterns.some((pattern) => {
    const [name = "", sub = ""] = String(pattern).split("/");
    return (name === "*" || name === resource) && (sub === subresource || sub === "*");
  });
}

function ruleMatches(rule: unknown, request: AdmissionRequest, exact: boolean): boolean {
  const { type, version, subresource } = request.target;
  const scope = textAt(rule, "scope");
  const versions = listAt(rule, "apiVersions");
  // matchPolicy Equivalent: a rule for one version of a kind is for all of them.
  const versionMatches = exact
    ? includes(versions, version.name)
    : versions.includes("*") || type.versions.some((one) => versions.includes(one.name));
  return (
    includes(listAt(rule, "operations"), request.operation) &&
    includes(listAt(rule, "apiGroups"), type.group) &&
    versionMatches &&
    resourceMatches(listAt(rule, "resources"), type.plural, subresource) &&
    (scope === "" || scope === "*" || (scope === "Namespaced") === type.namespaced)
  );
}

function labelsOf(object: unknown): Record<string, string> {
  return objectAt(object, "metadata", "labels") as Record<string, string>;
}

/** `namespaceLabels`: those of the namespace the object is in, or of the object when it is a namespace; null for other kinds. */
export function hookMatches(
  hook: Hook,
  request: AdmissionRequest,
  namespaceLabels: Record<string, string> | null,
): boolean {
  const { settings } = hook;
  const exact = textAt(settings, "matchPolicy") === "Exact";
  if (!listAt(settings, "rules").some((rule) => ruleMatches(rule, request, exact))) return false;
  const namespaces = at(settings, "namespaceSelector");
  if (isObject(namespaces) && namespaceLabels !== null && !selectsLabels(namespaces, namespaceLabels)) return false;
  const objects = at(settings, "objectSelector");
  if (!isObject(objects)) return true;
  return [request.object, request.old].some((one) => one !== null && selectsLabels(objects, labelsOf(one)));
}
