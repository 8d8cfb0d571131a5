/** Roles: those every cluster starts with, those made of others, and the policy all of them together are. */
import { type Cluster, systemWrite } from "../cluster";
import { deepEqual, type JsonObject, listAt, type Stored, textAt, thaw } from "../object";
import { aggregatedRules } from "../rbac/aggregate";
import { defaultClusterRoleBindings, defaultClusterRoles } from "../rbac/default-roles";
import { compilePolicy, type Policy } from "../rbac/policy";
import type { Named } from "../status";
import type { Store } from "../store/store";
import { createObject } from "../verbs/create";
import { changeObject } from "../verbs/update";
import { targetOf, tolerate } from "./namespaces";

const GROUP = "rbac.authorization.k8s.io";
const CLUSTER_ROLES = { group: GROUP, plural: "clusterroles" };
const CLUSTER_ROLE_BINDINGS = { group: GROUP, plural: "clusterrolebindings" };

const MANAGER = "meshdeck-api";
const AUTO_UPDATE = `${GROUP}/autoupdate`;

async function change(cluster: Cluster, named: Named, name: string, edit: (draft: JsonObject) => void): Promise<void> {
  const type = cluster.registry.get(named);
  const target = type === null ? null : targetOf(type, "", name);
  if (target === null) return;
  const edited = (present: Stored): JsonObject => {
    const draft = thaw(present);
    edit(draft);
    return draft;
  };
  // Another writer or a deletion in between brings its own event, which is answered by the state it left.
  await tolerate([404, 409], changeObject(cluster, target, edited, systemWrite(cluster, MANAGER)));
}

/** What is missing comes back at a start, unless the object says that it is to be left alone. What was added stays. */
async function ensure(cluster: Cluster, named: Named, wanted: JsonObject, list: "rules" | "subjects"): Promise<void> {
  const name = textAt(wanted, "metadata", "name");
  const there = cluster.store.get(named, "", name);
  const type = cluster.registry.get(named);
  const target = type === null ? null : targetOf(type, "", "");
  if (target === null) return;
  if (there === null) {
    await tolerate([409], createObject(cluster, target, wanted, systemWrite(cluster, MANAGER)));
    return;
  }
  if (there.metadata.annotations?.[AUTO_UPDATE] !== "true" || wanted.aggregationRule !== undefined) return;
  const missing = listAt(wanted, list).filter((one) => !listAt(there, list).some((has) => deepEqual(has, one)));
  if (missing.length === 0) return;
  await change(cluster, named, name, (draft) => {
    draft[list] = [...listAt(draft, list), ...missing];
  });
}

/** Makes the default roles and bindings that are not there. */
export async function ensureDefaultRoles(cluster: Cluster): Promise<void> {
  for (const role of defaultClusterRoles()) await ensure(cluster, CLUSTER_ROLES, role, "rules");
  for (const binding of defaultClusterRoleBindings()) await ensure(cluster, CLUSTER_ROLE_BINDINGS, binding, "subjects");
}

/** Gives aggregating roles the rules of the roles they are made of, and from now on keeps them in step. */
export async function followAggregation(cluster: Cluster): Promise<void> {
  const { store } = cluster;
  let running = false;
  let again = false;

  async function settle(): Promise<void> {
    for (const role of [...store.list(CLUSTER_ROLES)]) {
      const rules = aggregatedRules(role, store.list(CLUSTER_ROLES));
      if (rules === null || deepEqual(rules, listAt(role, "rules"))) continue;
      await change(cluster, CLUSTER_ROLES, role.metadata.name, (draft) => {
        draft.rules = structuredClone(rules);
      });
    }
  }

  /** Each write is a change itself: a role made of roles that are made of others takes one more round. */
  async function run(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await settle();
    } while (again);
    running = false;
  }

  store.onChange((type) => {
    if (type.group !== GROUP || type.plural !== CLUSTER_ROLES.plural) return;
    run().catch((error: unknown) => {
      running = false;
      cluster.log.warn({ error: String(error) }, "roles made of others could not be brought up to date");
    });
  });
  await run();
}

/** The policy as it is now: compiled at the first question after a change, and shared by all until the next. */
export function followPolicy(store: Store): () => Policy {
  let policy: Policy | null = null;
  store.onChange((type) => {
    if (type.group === GROUP) policy = null;
  });
  return () => {
    policy ??= compilePolicy({
      clusterRoles: store.list(CLUSTER_ROLES),
      roles: store.list({ group: GROUP, plural: "roles" }),
      clusterRoleBindings: store.list(CLUSTER_ROLE_BINDINGS),
      roleBindings: store.list({ group: GROUP, plural: "rolebindings" }),
    });
    return policy;
  };
}
