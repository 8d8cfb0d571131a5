/** Empty drafts of new policies. The form and the checks say what is still missing. */
import type { KubeObject } from "@/lib/kube/objects";

export function newTarget(namespace: string): KubeObject {
  return {
    apiVersion: "access.smi-spec.io/v1alpha3",
    kind: "TrafficTarget",
    metadata: { name: "new-target", namespace },
    spec: { destination: { kind: "ServiceAccount", name: "", namespace }, rules: [], sources: [] },
  };
}

export function newRouteGroup(namespace: string): KubeObject {
  return {
    apiVersion: "specs.smi-spec.io/v1alpha4",
    kind: "HTTPRouteGroup",
    metadata: { name: "new-routes", namespace },
    spec: { matches: [{ name: "all", pathRegex: ".*", methods: ["*"] }] },
  };
}
