/** EndpointSlices and Endpoints of a Service from the pods it selects. */
import type { EndpointSlice, Pod, Service, ServicePort } from "@/lib/kube/objects";
import { stableHash } from "./stable-hash";

export const MANAGED_BY = "endpointslice-controller.meshdeck.io";

interface ResolvedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/** Pods that a Service's endpoints are made of: selected, with an address, not ended. Sorted by name. */
export function selectedPods(service: Service, pods: readonly Pod[]): Pod[] {
  const selector = Object.entries(service.spec?.selector ?? {});
  if (selector.length === 0) return [];
  return pods
    .filter((pod) => pod.metadata.namespace === service.metadata.namespace)
    .filter((pod) => selector.every(([name, value]) => pod.metadata.labels?.[name] === value))
    .filter((pod) => pod.status?.podIP && pod.status.phase !== "Succeeded" && pod.status.phase !== "Failed")
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}

/** One slice for each set of resolved ports: pods may give a named port different numbers. */
export function endpointSlices(service: Service, pods: readonly Pod[]): EndpointSlice[] {
  const groups = new Map<string, { ports: ResolvedPort[]; pods: Pod[] }>();
  for (const pod of selectedPods(service, pods)) {
    const ports = resolvePorts(service.spec?.ports ?? [], pod);
    const key = stableHash(ports);
    const group = groups.get(key) ?? { ports, pods: [] };
    group.pods.push(pod);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${service.metadata.name}-${key.slice(-5)}`,
      ...ownedBy(service),
      labels: {
        "kubernetes.io/service-name": service.metadata.name,
        "endpointslice.kubernetes.io/managed-by": MANAGED_BY,
      },
    },
    addressType: "IPv4",
    endpoints: group.pods.map((pod) => endpoint(pod)),
    ports: group.ports.map((port) => ({ ...port })),
  }));
}

/** The older Endpoints object, which kubectl and old clients read. */
export function endpointsObject(service: Service, slices: readonly EndpointSlice[]) {
  const subsets = slices.map((slice) => {
    const addresses = (slice.endpoints ?? []).filter((one) => !one.conditions?.terminating);
    const spell = (ready: boolean) =>
      addresses
        .filter((one) => (one.conditions?.ready ?? false) === ready)
        .map((one) => ({ ip: one.addresses[0] ?? "", nodeName: "local", targetRef: one.targetRef }));
    const serving = spell(true);
    const waiting = spell(false);
    return {
      ...(serving.length > 0 ? { addresses: serving } : {}),
      ...(waiting.length > 0 ? { notReadyAddresses: waiting } : {}),
      ports: slice.ports ?? [],
    };
  });
  return {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name: service.metadata.name, ...ownedBy(service), labels: { ...service.metadata.labels } },
    subsets: subsets.filter((subset) => subset.addresses || subset.notReadyAddresses),
  };
}

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
}

function endpoint(pod: Pod) {
  const ready = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [pod.status?.podIP ?? ""],
    conditions: { ready: ready && !terminating, serving: ready, terminating },
    nodeName: pod.spec?.nodeName ?? "local",
    targetRef: { kind: "Pod", namespace: pod.metadata.namespace, name: pod.metadata.name, uid: pod.metadata.uid },
  } as NonNullable<EndpointSlice["endpoints"]>[number];
}

function resolvePorts(ports: readonly ServicePort[], pod: Pod): ResolvedPort[] {
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  return ports.flatMap((port) => {
    const target = port.targetPort ?? port.port;
    const number =
      typeof target === "number"
        ? target
        : containers.flatMap((container) => container.ports ?? []).find((one) => one.name === target)?.containerPort;
    if (number === undefined) return [];
    const { appProtocol } = port;
    const resolved = { name: port.name ?? "", port: number, protocol: port.protocol ?? "TCP" };
    return [appProtocol ? { ...resolved, appProtocol } : resolved];
  });
}

function ownedBy(service: Service) {
  const { name, namespace, uid } = service.metadata;
  return {
    namespace: namespace ?? "default",
    ownerReferences: [
      { apiVersion: "v1", kind: "Service", name, uid: uid ?? "", controller: true, blockOwnerDeletion: true },
    ],
  };
}
