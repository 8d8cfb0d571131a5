/** Which namespaces belong to the mesh. */
import { IGNORE_LABEL, MONITORED_BY_LABEL, SIDECAR_INJECTION_ANNOTATION } from "@/lib/kube/names";
import type { MeshObjects, MeshOptions } from "./input";
import { record, text } from "./shape";

/** Names of the namespaces that carry the mesh's label and are not to be ignored. */
export function meshedNamespaces(
  objects: Pick<MeshObjects, "namespaces">,
  { meshName }: Pick<MeshOptions, "meshName">,
): ReadonlySet<string> {
  const meshed = new Set<string>();
  for (const namespace of objects.namespaces) {
    const name = text(record(record(namespace).metadata).name);
    if (name !== null && inMesh(namespace, meshName)) meshed.add(name);
  }
  return meshed;
}

/** Whether a Namespace carries the mesh's label and is not to be ignored. */
export function inMesh(namespace: unknown, meshName: string): boolean {
  const labels = record(record(record(namespace).metadata).labels);
  return labels[MONITORED_BY_LABEL] === meshName && labels[IGNORE_LABEL] === undefined;
}

/** Whether the namespace asks for sidecars in its pods. */
export function asksForSidecars(namespace: unknown): boolean {
  const annotations = record(record(record(namespace).metadata).annotations);
  return ["enabled", "yes", "true"].includes(String(annotations[SIDECAR_INJECTION_ANNOTATION]).toLowerCase());
}
