/** The pods behind a service or workload, each with its containers and what the controller knows of its sidecar. */
import type { Proxy as ConnectedProxy } from "@/lib/contract/admin";
import type { ServicePod } from "@/lib/contract/services";
import type { TopologyNode } from "@/lib/contract/topology";
import { PROXY_UUID_LABEL, SIDECAR_CONTAINER_NAME } from "@/lib/kube/names";
import type { Container, ContainerStatus, Pod, Service } from "@/lib/kube/objects";
import { readPod } from "@/lib/mesh/pods";
import type { MeshView } from "./mesh-view";
import type { ControllerFacts } from "./security";

/** Sorted by name. Pods that ended are among them: they tell why nothing answers. */
export function podsOf(
  { objects }: Pick<MeshView, "objects">,
  node: TopologyNode,
  controller: ControllerFacts,
): ServicePod[] {
  const proxies = new Map(controller.proxies.map((proxy) => [proxy.id, proxy]));
  const workloads = new Set(node.kind === "service" ? node.related : [node.id]);
  const selects = node.kind === "service" ? selectorOf(objects.services, node) : () => false;
  return objects.pods
    .filter((pod) => pod.metadata.namespace === node.namespace && (workloads.has(workloadOf(pod)) || selects(pod)))
    .map((pod) => podTold(pod, proxies))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Pods without a sidecar back a service too, and are in no workload of the mesh. */
function selectorOf(services: readonly Service[], { namespace, name }: TopologyNode): (pod: Pod) => boolean {
  const service = services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const wanted = Object.entries(service?.spec?.selector ?? {});
  return ({ metadata }) => wanted.length > 0 && wanted.every(([label, value]) => metadata.labels?.[label] === value);
}

function workloadOf(pod: Pod): string {
  return readPod(pod)?.pod.workload ?? "";
}

function podTold(pod: Pod, proxies: ReadonlyMap<string, ConnectedProxy>): ServicePod {
  const { metadata, spec, status } = pod;
  const proxyId = metadata.labels?.[PROXY_UUID_LABEL];
  const candidate = readPod(pod)?.pod;
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const byName = new Map(statuses.map((one) => [one.name, one]));
  return {
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    workload: candidate?.workload ?? "",
    phase: metadata.deletionTimestamp === undefined ? (status?.phase ?? "Unknown") : "Terminating",
    ready: candidate?.ready ?? false,
    address: status?.podIP ?? null,
    node: spec?.nodeName ?? null,
    version: metadata.labels?.version ?? metadata.labels?.["app.kubernetes.io/version"] ?? null,
    createdAt: metadata.creationTimestamp ?? null,
    containers: [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map((container) =>
      containerTold(container, byName.get(container.name)),
    ),
    proxy: proxyTold(proxyId === undefined ? undefined : proxies.get(proxyId)),
    meshed: proxyId !== undefined,
  };
}

function containerTold(container: Container, status: ContainerStatus | undefined): ServicePod["containers"][number] {
  return {
    name: container.name,
    sidecar: container.name === SIDECAR_CONTAINER_NAME,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    state: stateOf(status),
    image: container.image ?? "",
  };
}

/** `state` has one member: running, or waiting or terminated with a reason. */
function stateOf(status: ContainerStatus | undefined): string {
  const [name, detail] = Object.entries(status?.state ?? {})[0] ?? ["waiting", {}];
  const reason = (detail as { readonly reason?: unknown } | null)?.reason;
  return typeof reason === "string" && reason !== "" ? reason : name;
}

function proxyTold(proxy: ConnectedProxy | undefined): ServicePod["proxy"] {
  if (!proxy) return null;
  const refused = proxy.types.find(({ nack }) => nack !== null);
  return {
    id: proxy.id,
    connectedAt: proxy.connectedAt,
    envoyVersion: proxy.envoyVersion,
    synced: proxy.types.every(({ synced }) => synced),
    nack: refused?.nack ? { type: refused.type, ...refused.nack } : null,
  };
}
