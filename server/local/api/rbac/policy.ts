/** Who may do what: roles and bindings, put in order once per change so that a question costs a few look-ups. */
import type { KubeObject } from "@/lib/kube/objects";
import { listAt, textAt } from "../object";
import { accountUsername, isMaster, type UserInfo } from "../user";
import { type Attributes, type Rule, ruleAllows, rulesOf } from "./rule";

export interface RbacObjects {
  readonly clusterRoles: Iterable<KubeObject>;
  readonly roles: Iterable<KubeObject>;
  readonly clusterRoleBindings: Iterable<KubeObject>;
  readonly roleBindings: Iterable<KubeObject>;
}

export interface Decision {
  readonly allowed: boolean;
  /** Which binding allows it, or which roles were missing when nothing did. May be empty. */
  readonly reason: string;
}

export interface Policy {
  decide(user: UserInfo, asked: Attributes): Decision;
  /** Every rule that holds for the user in that namespace, and what of it could not be found (empty: nothing). */
  rulesIn(user: UserInfo, namespace: string): { readonly rules: readonly Rule[]; readonly problem: string };
}

/** What one binding gives to one subject. */
interface Grant {
  readonly rules: readonly Rule[];
  /** `RoleBinding "b/ns" of Role "r" to User "u"` */
  readonly by: string;
  /** Says that the role is not there. Empty: it is. */
  readonly missing: string;
}

interface SubjectGrants {
  readonly everywhere: Grant[];
  readonly inNamespace: Map<string, Grant[]>;
}

const MASTER: Decision = { allowed: true, reason: "" };
const NONE: readonly Grant[] = [];

function subjectKey(subject: unknown, bindingNamespace: string): string {
  const name = textAt(subject, "name");
  if (textAt(subject, "kind") === "Group") return `group ${name}`;
  if (textAt(subject, "kind") !== "ServiceAccount") return `user ${name}`;
  return `user ${accountUsername({ namespace: textAt(subject, "namespace") || bindingNamespace, name })}`;
}

function subjectText(subject: unknown, bindingNamespace: string): string {
  const kind = textAt(subject, "kind");
  const name = textAt(subject, "name");
  const namespace = textAt(subject, "namespace") || bindingNamespace;
  return `${kind} ${JSON.stringify(kind === "ServiceAccount" ? `${name}/${namespace}` : name)}`;
}

/** Several sentences as Kubernetes joins them. */
function joined(messages: readonly string[]): string {
  const different = [...new Set(messages)];
  return different.length === 1 ? (different[0] ?? "") : `[${different.join(", ")}]`;
}

export function compilePolicy(objects: RbacObjects): Policy {
  const roles = new Map<string, readonly Rule[]>();
  for (const role of objects.clusterRoles) roles.set(`ClusterRole /${role.metadata.name}`, rulesOf(role));
  for (const role of objects.roles)
    roles.set(`Role ${role.metadata.namespace ?? ""}/${role.metadata.name}`, rulesOf(role));
  const subjects = new Map<string, SubjectGrants>();

  function addBinding(kind: string, binding: KubeObject): void {
    const namespace = binding.metadata.namespace ?? "";
    const [roleKind, roleName] = [textAt(binding, "roleRef", "kind"), textAt(binding, "roleRef", "name")];
    const rules = roles.get(`${roleKind} ${roleKind === "Role" ? namespace : ""}/${roleName}`);
    const missing = `${roleKind.toLowerCase()}.rbac.authorization.k8s.io ${JSON.stringify(roleName)} not found`;
    const named = JSON.stringify(namespace === "" ? binding.metadata.name : `${binding.metadata.name}/${namespace}`);
    for (const subject of listAt(binding, "subjects")) {
      const grant: Grant = {
        rules: rules ?? [],
        by: `${kind} ${named} of ${roleKind} ${JSON.stringify(roleName)} to ${subjectText(subject, namespace)}`,
        missing: rules === undefined ? missing : "",
      };
      const key = subjectKey(subject, namespace);
      const grants: SubjectGrants = subjects.get(key) ?? { everywhere: [], inNamespace: new Map() };
      subjects.set(key, grants);
      if (namespace === "") grants.everywhere.push(grant);
      else grants.inNamespace.set(namespace, [...(grants.inNamespace.get(namespace) ?? []), grant]);
    }
  }
  for (const binding of objects.clusterRoleBindings) addBinding("ClusterRoleBinding", binding);
  for (const binding of objects.roleBindings) addBinding("RoleBinding", binding);

  /** Those that hold in the whole cluster first. */
  function grantsOf(user: UserInfo, namespace: string): Grant[] {
    const mine = [`user ${user.username}`, ...user.groups.map((group) => `group ${group}`)]
      .map((key) => subjects.get(key))
      .filter((found) => found !== undefined);
    const local = namespace === "" ? [] : mine.flatMap((one) => one.inNamespace.get(namespace) ?? NONE);
    return [...mine.flatMap((one) => one.everywhere), ...local];
  }

  function problemOf(grants: readonly Grant[]): string {
    const missing = grants.map((grant) => grant.missing).filter((text) => text !== "");
    return missing.length === 0 ? "" : joined(missing);
  }

  return {
    decide(user, asked) {
      if (isMaster(user)) return MASTER;
      const grants = grantsOf(user, asked.sort === "resource" ? asked.namespace : "");
      const granted = grants.find((grant) => grant.rules.some((rule) => ruleAllows(rule, asked)));
      if (granted !== undefined) return { allowed: true, reason: `RBAC: allowed by ${granted.by}` };
      const problem = problemOf(grants);
      return { allowed: false, reason: problem === "" ? "" : `RBAC: ${problem}` };
    },
    rulesIn(user, namespace) {
      const grants = grantsOf(user, namespace);
      return { rules: grants.flatMap((grant) => grant.rules), problem: problemOf(grants) };
    },
  };
}
