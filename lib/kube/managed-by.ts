/** Tools that keep objects as a repository or a release says, read from the marks they leave on them. */
import type { KubeObject } from "./objects";

export interface Manager {
  readonly tool: "Argo CD" | "Flux" | "Flagger" | "Helm";
  /** The application, kustomization, canary or release. */
  readonly name: string;
}

/** Who would change the object back; null when nobody says so. */
export function managerOf(object: KubeObject): Manager | null {
  const labels = object.metadata.labels ?? {};
  const annotations = object.metadata.annotations ?? {};
  const canary = object.metadata.ownerReferences?.find((owner) => owner.kind === "Canary");
  if (canary) return { tool: "Flagger", name: canary.name };
  const tracked = annotations["argocd.argoproj.io/tracking-id"];
  if (tracked) return { tool: "Argo CD", name: tracked.split(":")[0] ?? tracked };
  const instance = labels["argocd.argoproj.io/instance"];
  if (instance) return { tool: "Argo CD", name: instance };
  const flux = labels["kustomize.toolkit.fluxcd.io/name"] ?? labels["helm.toolkit.fluxcd.io/name"];
  if (flux) return { tool: "Flux", name: flux };
  if (labels["app.kubernetes.io/managed-by"] === "Helm") {
    return { tool: "Helm", name: annotations["meta.helm.sh/release-name"] ?? object.metadata.name };
  }
  return null;
}
