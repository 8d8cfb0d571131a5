/** What the user's rights leave out of the mesh, and the role that would bring it. */
import type { Partial } from "@/lib/contract/topology";
import { MONITORED_BY_LABEL, PROXY_UUID_LABEL } from "@/lib/kube/names";
import type { Namespace } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";

/** A kind that may not be listed in the whole cluster. */
export interface Unseen {
  /** `trafficsplits.split.smi-spec.io` */
  readonly resource: string;
  /** Namespaces in which it may be. */
  readonly seen: readonly string[];
}

/** One word about all of them; null when there are none. */
export function forbiddenPartial(unseen: readonly Unseen[]): Partial | null {
  if (unseen.length === 0) return null;
  const nowhere = unseen.filter(({ seen }) => seen.length === 0);
  const partly = unseen.filter(({ seen }) => seen.length > 0);
  const places = [...new Set(partly.flatMap(({ seen }) => seen))].sort();
  const sentences = [
    nowhere.length > 0 ? `You may not list ${named(nowhere)}.` : "",
    partly.length > 0 ? `You may list ${named(partly)} in ${places.join(", ")} only.` : "",
  ];
  return {
    part: "kubernetes",
    reason: "forbidden",
    message: sentences.filter(Boolean).join(" "),
    hint: `The rest is shown. To see all, ask for a ClusterRole with the rules ${rules(unseen)}, bound to you by a ClusterRoleBinding.`,
    lastGoodAt: null,
  };
}

function named(unseen: readonly Unseen[]): string {
  return unseen.map(({ resource }) => resource.split(".")[0] ?? resource).join(", ");
}

/** One rule for each API group, as they stand in a role. */
function rules(unseen: readonly Unseen[]): string {
  const groups = new Map<string, string[]>();
  for (const { resource } of unseen) {
    const [plural = "", ...group] = resource.split(".");
    groups.set(group.join("."), [...(groups.get(group.join(".")) ?? []), plural]);
  }
  return [...groups]
    .map(([group, plurals]) => `{apiGroups: ["${group}"], resources: [${plurals.join(", ")}], verbs: [list, watch]}`)
    .join(", ");
}

/**
 * The objects with namespaces to stand in for those that may not be listed: one for each that something was seen in, in
 * the mesh when a pod of it has a sidecar.
 */
export function withAssumedNamespaces(objects: MeshObjects, meshName: string): MeshObjects {
  const meshed = new Map<string, boolean>();
  for (const { metadata } of [...objects.services, ...objects.serviceAccounts, ...objects.trafficTargets]) {
    if (metadata.namespace) meshed.set(metadata.namespace, meshed.get(metadata.namespace) ?? false);
  }
  for (const { metadata } of objects.pods) {
    const sidecar = metadata.labels !== undefined && PROXY_UUID_LABEL in metadata.labels;
    if (metadata.namespace) meshed.set(metadata.namespace, sidecar || (meshed.get(metadata.namespace) ?? false));
  }
  const namespaces = [...meshed].map(([name, member]): Namespace => {
    return {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: member ? { [MONITORED_BY_LABEL]: meshName } : {} },
    };
  });
  return { ...objects, namespaces };
}
