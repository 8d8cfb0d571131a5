/** ClusterRoles whose rules are those of other ClusterRoles. */
import type { KubeObject } from "@/lib/kube/objects";
import { at, deepEqual, type Json, listAt } from "../object";
import { selectsLabels } from "../select/labels";

/** The rules an aggregating role should have: those of every other role it selects, by name, each once. Null: it aggregates nothing. */
export function aggregatedRules(role: KubeObject, all: Iterable<KubeObject>): Json[] | null {
  if (at(role, "aggregationRule") === undefined) return null;
  const selectors = listAt(role, "aggregationRule", "clusterRoleSelectors");
  const chosen = [...all]
    .filter((one) => one.metadata.name !== role.metadata.name)
    .filter((one) => selectors.some((selector) => selectsLabels(selector, one.metadata.labels ?? {})))
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const rules: Json[] = [];
  for (const rule of chosen.flatMap((one) => listAt(one, "rules"))) {
    if (!rules.some((known) => deepEqual(known, rule))) rules.push(rule);
  }
  return rules;
}
