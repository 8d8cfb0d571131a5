/** Keeps the registry in step with the CustomResourceDefinitions in the store. */
import type { Cluster } from "../cluster";
import { typeOfDefinition } from "../crd/definition";
import type { Named } from "../status";

export const DEFINITIONS = { group: "apiextensions.k8s.io", plural: "customresourcedefinitions" };

function isDefinition(type: Named): boolean {
  return type.group === DEFINITIONS.group && type.plural === DEFINITIONS.plural;
}

/** Serves what is defined now, and from now on. A definition that goes takes its objects with it. */
export function followDefinitions(cluster: Cluster): void {
  const { store, registry } = cluster;
  for (const definition of store.list(DEFINITIONS)) registry.set(typeOfDefinition(definition));
  store.onChange((type, event) => {
    if (!isDefinition(type)) return;
    const defined = typeOfDefinition(event.object);
    if (event.type !== "DELETED") {
      registry.set(defined);
      return;
    }
    for (const object of [...store.list(defined)]) store.remove(defined, object);
    registry.remove(defined);
  });
}
