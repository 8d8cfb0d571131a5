import {
  IGNORE_LABEL,
  MONITORED_BY_LABEL,
  SIDECAR_CONTAINER_NAME,
  SIDECAR_INJECTION_ANNOTATION,
} from "@/lib/kube/names";
import type { Namespace, Pod } from "@/lib/kube/objects";

export interface MeshScope {
  readonly meshName: string;
  readonly controlNamespace: string;
}

/** `refuse` keeps the pod from being created: what was asked for cannot be done, and running without a sidecar is no answer. */
export type Decision =
  | { readonly action: "inject" }
  | { readonly action: "leave"; readonly reason: string }
  | { readonly action: "refuse"; readonly reason: string };

const SYSTEM_NAMESPACES = ["kube-system", "kube-public", "kube-node-lease"];
const YES = ["enabled", "yes", "true"];
const NO = ["disabled", "no", "false"];

/**
 * Whether a new pod gets a sidecar, by OSM's rules: the namespace is part of the mesh, and the injection annotation of
 * the pod, or else of its namespace, says so. Without an annotation a pod is left alone.
 */
export function decide(pod: Pod, namespace: Namespace, scope: MeshScope): Decision {
  const outside = whyOutside(pod, namespace, scope);
  if (outside) return { action: "leave", reason: outside };
  const own = pod.metadata.annotations?.[SIDECAR_INJECTION_ANNOTATION];
  const inherited = namespace.metadata.annotations?.[SIDECAR_INJECTION_ANNOTATION];
  const wanted = own ?? inherited;
  if (wanted === undefined)
    return {
      action: "leave",
      reason: `neither the pod nor its namespace is annotated ${SIDECAR_INJECTION_ANNOTATION}`,
    };
  const value = wanted.toLowerCase();
  if (NO.includes(value))
    return { action: "leave", reason: `${own === undefined ? "its namespace" : "the pod"} says ${wanted}` };
  if (!YES.includes(value)) {
    const where = own === undefined ? `namespace ${namespace.metadata.name}` : "the pod";
    const reason = `annotation ${SIDECAR_INJECTION_ANNOTATION} of ${where} is "${wanted}": use one of ${[...YES, ...NO].join(", ")}`;
    return { action: "refuse", reason };
  }
  if (hasSidecar(pod)) return { action: "leave", reason: "it has a sidecar already" };
  const taken = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  if (taken.some((container) => container.name === SIDECAR_CONTAINER_NAME)) {
    return {
      action: "refuse",
      reason: `it has a container named "${SIDECAR_CONTAINER_NAME}", the sidecar's name: rename it`,
    };
  }
  return { action: "inject" };
}

/** Whether the pod carries our sidecar: a restartable init container of that name. */
export function hasSidecar(pod: Pod): boolean {
  return (pod.spec?.initContainers ?? []).some(
    (container) => container.name === SIDECAR_CONTAINER_NAME && container.restartPolicy === "Always",
  );
}

function whyOutside(pod: Pod, namespace: Namespace, scope: MeshScope): string | null {
  const { name, labels } = namespace.metadata;
  if (SYSTEM_NAMESPACES.includes(name) || name === scope.controlNamespace) return `namespace ${name} is never meshed`;
  if (labels?.[MONITORED_BY_LABEL] !== scope.meshName) return `namespace ${name} is not part of mesh ${scope.meshName}`;
  if (labels[IGNORE_LABEL] !== undefined) return `namespace ${name} is labelled ${IGNORE_LABEL}`;
  if (pod.spec?.hostNetwork === true) return "it uses the node's network";
  return null;
}
