/** What of the mesh a reader may list and watch, by kind and namespace. */
import { parseKey } from "@/lib/kube/refs";
import type { MeshObjects } from "@/lib/mesh/input";
import { LIST_OF_KIND } from "@/lib/mesh/overlay";
import { SMI_RESOURCES, type SmiResource } from "@/lib/smi/versions";
import * as resources from "@/server/kube/resource";
import type { Unseen } from "../forbidden";

/** Every kind that is watched. */
export type MeshKind = keyof MeshObjects | "deployments" | "meshConfigs";

/** Of a kind without namespaces (Namespace) those names that may be read. */
export type Reach = "everywhere" | ReadonlySet<string>;

export type Scope = Readonly<Record<MeshKind, Reach>>;

const smi = ({ group, plural, storage: version }: SmiResource): resources.Resource => ({ group, plural, version });

export const KIND_RESOURCES: Readonly<Record<MeshKind, resources.Resource>> = {
  namespaces: resources.NAMESPACES,
  services: resources.SERVICES,
  pods: resources.PODS,
  endpointSlices: resources.ENDPOINT_SLICES,
  serviceAccounts: resources.SERVICE_ACCOUNTS,
  trafficSplits: smi(SMI_RESOURCES.TrafficSplit),
  trafficTargets: smi(SMI_RESOURCES.TrafficTarget),
  httpRouteGroups: smi(SMI_RESOURCES.HTTPRouteGroup),
  tcpRoutes: smi(SMI_RESOURCES.TCPRoute),
  deployments: resources.DEPLOYMENTS,
  meshConfigs: resources.MESH_CONFIGS,
};
export const MESH_KINDS = Object.keys(KIND_RESOURCES) as readonly MeshKind[];

export function mayRead(scope: Scope, kind: MeshKind, namespace: string): boolean {
  const reach = scope[kind];
  return reach === "everywhere" || reach.has(namespace);
}

/** Whose figures a reader may see: those of namespaces whose pods or Services may be read. */
export function sees(scope: Scope, namespace: string): boolean {
  return mayRead(scope, "services", namespace) || mayRead(scope, "pods", namespace);
}

/** As sees, of an identity, service or workload (`namespace/…`). Of nobody: no. */
export function seesNamed(scope: Scope, name: string | null | undefined): boolean {
  return name != null && sees(scope, parseKey(name, "").namespace);
}

/** The kinds of objects by the names the API gives them, for what is told by kind. */
const BY_KIND: Readonly<Record<string, MeshKind>> = {
  ...LIST_OF_KIND,
  Deployment: "deployments",
  MeshConfig: "meshConfigs",
};

/** A kind that is not known is nobody's to see. */
export function mayReadObject(
  scope: Scope,
  { kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string },
): boolean {
  const known = Object.hasOwn(BY_KIND, kind) ? BY_KIND[kind] : undefined;
  return known !== undefined && mayRead(scope, known, known === "namespaces" ? name : namespace);
}

/** Equal for equal scopes. */
export function scopeKey(scope: Scope): string {
  return MESH_KINDS.map((kind) => {
    const reach = scope[kind];
    return `${kind}=${reach === "everywhere" ? "*" : [...reach].sort().join(",")}`;
  }).join(";");
}

/** What a scope leaves out, as it is told to the reader. */
export function unseenOf(scope: Scope): readonly Unseen[] {
  return MESH_KINDS.flatMap((kind) => {
    const reach = scope[kind];
    return reach === "everywhere"
      ? []
      : [{ resource: resources.resourceName(KIND_RESOURCES[kind]), seen: [...reach].sort() }];
  });
}
