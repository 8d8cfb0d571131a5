/** Services with the pods behind them. */
import type { EndpointIndex } from "./endpoints";
import type { InboundPort, MeshService } from "./model";
import type { MeshCandidate } from "./pods";
import type { Report } from "./report";
import type { PodIndex } from "./selector";
import type { ServiceObject, ServiceObjectPort } from "./service-object";
import { compareText, sortedSet } from "./shape";

export interface ServiceContext {
  readonly pods: PodIndex;
  readonly endpoints: EndpointIndex;
  readonly report: Report;
}

export interface ResolvedService {
  readonly service: MeshService;
  /** What each of its pods (by pod key) serves for it. */
  readonly inbound: readonly (readonly [pod: string, port: InboundPort])[];
}

/** The service with nothing behind it. Endpoints that somebody wrote for a Service without a selector are not the mesh's. */
export function bareService(object: ServiceObject): MeshService {
  return {
    key: object.key,
    namespace: object.namespace,
    name: object.name,
    fqdn: `${object.name}.${object.namespace}.svc.cluster.local`,
    clusterIP: object.clusterIP,
    ports: object.ports.map(({ port, name, protocol }) => ({ port, name, protocol, endpoints: [] })),
    identities: [],
    workloads: [],
  };
}

/** A Service that has a selector, with the pods it selects. */
export function resolveService(object: ServiceObject, context: ServiceContext): ResolvedService {
  const selected = context.pods.select(object.namespace, object.selector);
  const members = selected.filter((candidate) => candidate.member);
  if (selected.length > 0 && !selected.some((candidate) => candidate.sidecar))
    reportNoSidecar(object, selected, context);
  const service: MeshService = {
    ...bareService(object),
    ports: object.ports.map(({ port, name, protocol }) => {
      return { port, name, protocol, endpoints: context.endpoints.of(object.key, name) };
    }),
    identities: sortedSet(members.map(({ pod }) => pod.identity)),
    workloads: sortedSet(members.map(({ pod }) => pod.workload)),
  };
  return { service, inbound: object.ports.flatMap((port) => inboundOf(object, port, members, context.report)) };
}

function inboundOf(
  object: ServiceObject,
  port: ServiceObjectPort,
  members: readonly MeshCandidate[],
  report: Report,
): ResolvedService["inbound"] {
  const { target } = port;
  const inbound: [string, InboundPort][] = [];
  for (const { pod, portNames } of members) {
    const targetPort = typeof target === "number" ? target : portNames.get(target);
    if (targetPort === undefined) continue;
    const row = { service: object.key, servicePort: port.port, targetPort, protocol: port.protocol };
    inbound.push([pod.key, row]);
  }
  if (members.length > 0 && inbound.length === 0) {
    report(
      "ServicePortUnresolved",
      { ...object, kind: "Service" },
      `spec.ports[${port.index}].targetPort`,
      `spec.ports[${port.index}].targetPort is "${target}", but none of the pods behind ${object.key} has a container port of that name, so port ${port.port} answers 503; name the container's port or give its number.`,
    );
  }
  return inbound;
}

function reportNoSidecar(object: ServiceObject, selected: readonly MeshCandidate[], context: ServiceContext): void {
  const pods = selected.length === 1 ? "the one pod" : `none of the ${selected.length} pods`;
  const verb = selected.length === 1 ? "has no sidecar" : "has a sidecar";
  context.report(
    "ServiceWithoutIdentity",
    { ...object, kind: "Service" },
    "spec.selector",
    `spec.selector of ${object.key} selects pods outside the mesh: ${pods} ${verb}, so calls to it answer 503; restart its pods so that they are injected.`,
  );
}

/** The order of a pod's inbound ports. */
export function compareInbound(a: InboundPort, b: InboundPort): number {
  return compareText(a.service, b.service) || a.servicePort - b.servicePort || a.targetPort - b.targetPort;
}
