/** GET /api/namespaces and /api/problems. */
import type { Namespaces, NamespaceView, Problems } from "@/lib/contract/namespaces";
import { managerOf } from "@/lib/kube/managed-by";
import { MONITORED_BY_LABEL, PROXY_UUID_LABEL } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import { asksForSidecars, meshedNamespaces } from "@/lib/mesh/namespaces";
import type { MeshNames, MeshView } from "./mesh-view";

export function namespacesOf(mesh: MeshView, names: MeshNames & { readonly controlNamespace: string }): Namespaces {
  const { objects } = mesh;
  const meshed = meshedNamespaces(objects, names);
  const services = byNamespace(objects.services);
  const pods = byNamespace(objects.pods);
  const accounts = byNamespace(objects.serviceAccounts);
  const shown = objects.namespaces.filter(({ metadata }) => !mesh.limits?.peers.has(metadata.name));
  const items = shown.map((namespace): NamespaceView => {
    const { name, labels = {} } = namespace.metadata;
    const own = pods.get(name) ?? [];
    const selecting = (services.get(name) ?? []).filter((service) => hasSelector(service));
    return {
      name,
      resourceVersion: namespace.metadata.resourceVersion ?? "",
      meshed: meshed.has(name),
      control: name === names.controlNamespace,
      managedBy: managerOf(namespace),
      meshName: labels[MONITORED_BY_LABEL] ?? null,
      injection: asksForSidecars(namespace),
      services: selecting.length,
      pods: { total: own.length, withSidecar: own.filter(hasSidecar).length },
      serviceAccounts: (accounts.get(name) ?? []).map((account) => account.metadata.name).sort(),
      serviceNames: selecting.map((service) => service.metadata.name).sort(),
    };
  });
  items.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { items, partial: [...mesh.partial] };
}

export function problemsOf(mesh: MeshView): Problems {
  return { items: [...mesh.model.problems], partial: [...mesh.partial] };
}

function byNamespace<T extends KubeObject>(objects: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    const namespace = object.metadata.namespace ?? "";
    const group = groups.get(namespace);
    if (group) group.push(object);
    else groups.set(namespace, [object]);
  }
  return groups;
}

function hasSelector(service: KubeObject): boolean {
  const { selector } = (service.spec ?? {}) as { selector?: object };
  return selector !== undefined && Object.keys(selector).length > 0;
}

function hasSidecar(pod: KubeObject): boolean {
  return pod.metadata.labels?.[PROXY_UUID_LABEL] !== undefined;
}
