import type { KubeObject } from "@/lib/kube/objects";
import type { PolicyMode } from "./model";

/** The MeshConfig's `traffic.enablePermissiveTrafficPolicyMode`; SMI mode, which is the safe one, when it says nothing. */
export function policyMode(meshConfig: KubeObject | null): PolicyMode {
  const spec = meshConfig?.spec as { traffic?: { enablePermissiveTrafficPolicyMode?: unknown } } | null | undefined;
  return spec?.traffic?.enablePermissiveTrafficPolicyMode === true ? "permissive" : "smi";
}
