import { PROXY_UUID_LABEL, SIDECAR_INJECTION_ANNOTATION } from "@/lib/kube/names";
import type { Namespace, Pod } from "@/lib/kube/objects";
import type { MeshObjects } from "@/lib/mesh/input";
import { meshedNamespaces } from "@/lib/mesh/namespaces";

export interface PodWithoutSidecar {
  readonly namespace: string;
  readonly name: string;
  readonly reason: string;
  readonly hint: string;
}

const OFF = new Set(["disabled", "no", "false"]);
const ENDED = new Set(["Succeeded", "Failed"]);

/** Running pods in namespaces of the mesh whose calls no sidecar encrypts, sorted, each with the reason. */
export function podsWithoutSidecar(objects: MeshObjects, meshName: string): PodWithoutSidecar[] {
  const meshed = meshedNamespaces(objects, { meshName });
  const namespaces = new Map(objects.namespaces.map((namespace) => [namespace.metadata.name, namespace]));
  return objects.pods
    .filter(({ metadata, status }) => {
      const ended = ENDED.has(status?.phase ?? "") || metadata.deletionTimestamp !== undefined;
      return meshed.has(metadata.namespace ?? "") && metadata.labels?.[PROXY_UUID_LABEL] === undefined && !ended;
    })
    .map((pod) => ({
      namespace: pod.metadata.namespace ?? "",
      name: pod.metadata.name,
      ...reasonOf(pod, namespaces.get(pod.metadata.namespace ?? "")),
    }))
    .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

function reasonOf(pod: Pod, namespace: Namespace | undefined): Pick<PodWithoutSidecar, "reason" | "hint"> {
  const own = pod.metadata.annotations?.[SIDECAR_INJECTION_ANNOTATION];
  const general = namespace?.metadata.annotations?.[SIDECAR_INJECTION_ANNOTATION];
  if (own !== undefined && OFF.has(own)) {
    return {
      reason: `Its annotation ${SIDECAR_INJECTION_ANNOTATION} turns the sidecar off.`,
      hint: "Take the annotation away and restart the pod.",
    };
  }
  if (pod.spec?.hostNetwork) {
    return {
      reason: "It uses the network of its node, where a sidecar cannot stand between.",
      hint: "Run it without hostNetwork, or in a namespace outside the mesh.",
    };
  }
  if (own === undefined && (general === undefined || OFF.has(general))) {
    return {
      reason: `Its namespace does not ask for sidecars.`,
      hint: `Annotate the namespace with ${SIDECAR_INJECTION_ANNOTATION}: enabled and restart the pod.`,
    };
  }
  return {
    reason: "It was created before its namespace asked for sidecars, or while the controller was away.",
    hint: "Restart it, for example with kubectl rollout restart.",
  };
}
