import type { NamespacedName } from "@/lib/kube/refs";

/** What a URL of the Kubernetes API needs to know of a kind. The core group is "". */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** An object of a resource. Without a namespace it is cluster-scoped. */
export type ResourceRef = Partial<Pick<NamespacedName, "namespace">> & Pick<NamespacedName, "name">;

const core = (plural: string): Resource => ({ group: "", version: "v1", plural });

export const NAMESPACES = core("namespaces");
export const SERVICES = core("services");
export const PODS = core("pods");
export const SERVICE_ACCOUNTS = core("serviceaccounts");
export const SECRETS = core("secrets");
export const CONFIG_MAPS = core("configmaps");
export const EVENTS = core("events");
export const DEPLOYMENTS: Resource = { group: "apps", version: "v1", plural: "deployments" };
export const ENDPOINT_SLICES: Resource = { group: "discovery.k8s.io", version: "v1", plural: "endpointslices" };
export const LEASES: Resource = { group: "coordination.k8s.io", version: "v1", plural: "leases" };
export const MESH_CONFIGS: Resource = {
  group: "config.openservicemesh.io",
  version: "v1alpha2",
  plural: "meshconfigs",
};
export const ACCESS_REVIEWS: Resource = {
  group: "authorization.k8s.io",
  version: "v1",
  plural: "selfsubjectaccessreviews",
};
/** Who the API server says one is. */
export const SELF_REVIEWS: Resource = { group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews" };
export const MUTATING_WEBHOOKS: Resource = {
  group: "admissionregistration.k8s.io",
  version: "v1",
  plural: "mutatingwebhookconfigurations",
};

/** `/api/v1/namespaces/a/pods/b/log`. Every part is encoded, so a name cannot leave its place. */
export function resourcePath(
  resource: Resource,
  at: { namespace?: string | undefined; name?: string | undefined; subresource?: string | undefined } = {},
): string {
  const base = resource.group === "" ? ["api"] : ["apis", resource.group];
  const parts = [...base, resource.version];
  if (at.namespace) parts.push("namespaces", at.namespace);
  parts.push(resource.plural);
  if (at.name) parts.push(at.name);
  if (at.subresource) parts.push(at.subresource);
  return `/${parts.map(encodeURIComponent).join("/")}`;
}

/** `trafficsplits.split.smi-spec.io`, as kubectl spells it. */
export function resourceName(resource: Resource): string {
  return resource.group === "" ? resource.plural : `${resource.plural}.${resource.group}`;
}
