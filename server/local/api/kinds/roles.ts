/** Roles and their bindings. */
import { at, deepEqual, isObject, type JsonObject, listAt, type Stored, textAt } from "../object";
import type { Behaviour } from "../resource-type";
import { selectorCauses } from "../select/labels";
import type { Cause } from "../status";
import { bad, required, unsupported } from "./rules";

const GROUP = "rbac.authorization.k8s.io";

/** A name that can stand in a path: `system:discovery` may, `a/b` may not. */
function pathSegment(name: string): string | null {
  if (name === "." || name === "..") return `may not be '${name}'`;
  const wrong = ["/", "%"].find((char) => name.includes(char));
  return wrong === undefined ? null : `may not contain '${wrong}'`;
}

const PLAIN: Behaviour = { generation: false, unconditionalUpdate: true, nameRule: pathSegment, selectableFields: {} };

function missing(field: string, what: string): Cause {
  return { ...required(field), message: `Required value: ${what}` };
}

function ruleCauses(rule: unknown, path: string, namespaced: boolean): Cause[] {
  const count = (field: string) => listAt(rule, field).length;
  const urls = count("nonResourceURLs");
  const causes: Cause[] = [];
  if (count("verbs") === 0) causes.push(missing(`${path}.verbs`, "verbs must contain at least one value"));
  if (urls > 0) {
    const whole = at(rule, "nonResourceURLs");
    if (namespaced)
      causes.push(bad(`${path}.nonResourceURLs`, whole, "namespaced rules cannot apply to non-resource URLs"));
    if (count("apiGroups") + count("resources") + count("resourceNames") > 0)
      causes.push(
        bad(`${path}.nonResourceURLs`, whole, "rules cannot apply to both regular resources and non-resource URLs"),
      );
    return causes;
  }
  if (count("apiGroups") === 0)
    causes.push(missing(`${path}.apiGroups`, "resource rules must supply at least one api group"));
  if (count("resources") === 0)
    causes.push(missing(`${path}.resources`, "resource rules must supply at least one resource"));
  return causes;
}

function rulesCauses(role: JsonObject, namespaced: boolean): Cause[] {
  return listAt(role, "rules").flatMap((rule, index) => ruleCauses(rule, `rules[${index}]`, namespaced));
}

export const roleBehaviour: Behaviour = { ...PLAIN, validate: (role) => rulesCauses(role, true) };

export const clusterRoleBehaviour: Behaviour = {
  ...PLAIN,
  validate(role) {
    const field = "aggregationRule.clusterRoleSelectors";
    const selectors = listAt(role, "aggregationRule", "clusterRoleSelectors");
    const none = at(role, "aggregationRule") !== undefined && selectors.length === 0;
    return [
      ...rulesCauses(role, false),
      ...(none ? [missing(field, "at least one clusterRoleSelector required if aggregationRule is non-nil")] : []),
      ...selectors.flatMap((selector, index) => selectorCauses(`${field}[${index}]`, selector)),
    ];
  },
};

const SUBJECT_KINDS = ["ServiceAccount", "User", "Group"];

function subjectCauses(subject: unknown, path: string, namespaced: boolean): Cause[] {
  const [kind, group] = [textAt(subject, "kind"), textAt(subject, "apiGroup")];
  const causes: Cause[] = [];
  if (textAt(subject, "name") === "") causes.push(required(`${path}.name`));
  if (!SUBJECT_KINDS.includes(kind)) return [...causes, unsupported(`${path}.kind`, kind, SUBJECT_KINDS)];
  const wanted = kind === "ServiceAccount" ? "" : GROUP;
  if (group !== wanted) causes.push(unsupported(`${path}.apiGroup`, group, [wanted]));
  if (kind === "ServiceAccount" && !namespaced && textAt(subject, "namespace") === "")
    causes.push(required(`${path}.namespace`));
  return causes;
}

function bindingCauses(binding: JsonObject, namespaced: boolean): Cause[] {
  const [group, kind, name] = ["apiGroup", "kind", "name"].map((field) => textAt(binding, "roleRef", field));
  const kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  return [
    ...(group === GROUP ? [] : [unsupported("roleRef.apiGroup", group, [GROUP])]),
    ...(kinds.includes(kind ?? "") ? [] : [unsupported("roleRef.kind", kind, kinds)]),
    ...(name === "" ? [required("roleRef.name")] : []),
    ...listAt(binding, "subjects").flatMap((one, index) => subjectCauses(one, `subjects[${index}]`, namespaced)),
  ];
}

/** Another role is another decision, so another binding. */
function roleRefCauses(binding: JsonObject, old: Stored): Cause[] {
  const same = deepEqual(at(binding, "roleRef"), at(old, "roleRef"));
  return same ? [] : [bad("roleRef", at(binding, "roleRef"), "cannot change roleRef")];
}

export const bindingBehaviour: Behaviour = {
  ...PLAIN,
  validate: (binding) => bindingCauses(binding, true),
  validateUpdate: roleRefCauses,
};

export const clusterRoleBindingBehaviour: Behaviour = {
  ...PLAIN,
  validate: (binding) => bindingCauses(binding, false),
  validateUpdate: roleRefCauses,
};

export function fillBinding(draft: JsonObject): void {
  if (isObject(draft.roleRef)) draft.roleRef.apiGroup ||= GROUP;
  for (const subject of listAt(draft, "subjects")) {
    if (isObject(subject) && subject.kind !== "ServiceAccount") subject.apiGroup ||= GROUP;
  }
}
