/** Which namespaces belong to the mesh. */
import { IGNORE_LABEL, MONITORED_BY_LABEL } from "@/lib/kube/names";
import type { MeshObjects, MeshOptions } from "./input";
import { record, text } from "./shape";

/** Names of the namespaces that carry the mesh's label and are not to be ignored. */
export function meshedNamespaces(objects: MeshObjects, options: MeshOptions): ReadonlySet<string> {
  const meshed = new Set<string>();
  for (const namespace of objects.namespaces) {
    const metadata = record(record(namespace).metadata);
    const labels = record(metadata.labels);
    const name = text(metadata.name);
    if (name === null || labels[MONITORED_BY_LABEL] !== options.meshName) continue;
    if (labels[IGNORE_LABEL] === undefined) meshed.add(name);
  }
  return meshed;
}
