import { SIDECAR_ADMIN_PORT } from "@/lib/kube/names";
import type { Grant, InboundPort, MeshModel, MeshPod } from "@/lib/mesh/model";
import { buildLocalCluster, buildMetricsCluster, isHttp } from "../build/clusters";
import { buildInboundRoutes } from "../build/inbound-routes";
import {
  buildConfigListener,
  buildInboundHttpListener,
  buildInboundTcpListener,
  buildOutboundListener,
  buildStatsListener,
} from "../build/listeners";
import type { PortAccess, ResolvedGrant } from "../build/rbac";
import {
  CONFIG_LISTENER,
  controllerSpiffeId,
  inboundListener,
  inboundRoutes,
  localCluster,
  METRICS_CLUSTER,
  OUTBOUND_LISTENER,
  STATS_LISTENER,
} from "../names";
import type { Resource } from "../resource";
import type { ResourceSet } from "../resource-set";
import { Keep, sameList, WeakKeep } from "./keep";
import { type Maker, setOf } from "./maker";

/** What one pod gets of its own: its addresses, its ports, and the rules of what it serves. */
export interface PodScope {
  readonly clusters: ResourceSet;
  readonly listeners: ResourceSet;
  readonly routes: ResourceSet;
}

/** The called side, by pod. Rules are built once per identity and port, listeners once per pod. */
export class PodScopes {
  private model: MeshModel | null = null;
  private byDestination = new Map<string, readonly Grant[]>();
  private readonly scopes = new WeakKeep<PodScope>();
  private readonly resolved = new WeakKeep<ResolvedGrant>();
  private readonly grants = new Keep<readonly ResolvedGrant[]>();
  private readonly access = new Keep<PortAccess>();
  private readonly inboundRoutes = new WeakKeep<Resource>();
  private readonly clusters = new WeakKeep<ResourceSet>();
  private readonly listeners = new WeakKeep<ResourceSet>();
  private readonly listener = new WeakKeep<Resource>();
  private readonly routes = new WeakKeep<{ list: readonly Resource[]; set: ResourceSet }>();

  constructor(private readonly maker: Maker) {}

  update(model: MeshModel): void {
    if (model.grants !== this.model?.grants) this.byDestination = byDestination(model.grants);
    if (model.identities !== this.model?.identities) {
      const wanted = (key: string) => Object.hasOwn(model.identities, key.split(" ")[0] ?? "");
      this.grants.retain(wanted);
      this.access.retain(wanted);
    }
    this.model = model;
  }

  of(pod: MeshPod): PodScope {
    const { grants, identities, policyMode, trustDomain } = this.model ?? {};
    return this.scopes.get(pod, "", [grants, identities, policyMode, trustDomain], () => this.build(pod));
  }

  private build(pod: MeshPod): PodScope {
    const ports = servedPorts(pod).map((port) => ({ port, access: this.accessTo(pod.identity, port.targetPort) }));
    const tcp = ports.filter(({ port }) => !isHttp(port.protocol)).map(({ access }) => access);
    return {
      clusters: this.clusters.get(pod, "", [], () => this.buildClusters(pod, ports)),
      // Rules of HTTP ports are in their routes, so only rules of TCP ports change a listener.
      listeners: this.listeners.get(pod, "", [this.model?.trustDomain, ...tcp], () =>
        setOf(this.buildListeners(pod, ports)),
      ),
      routes: this.routeSet(pod, ports),
    };
  }

  private buildClusters(pod: MeshPod, ports: readonly ServedPort[]): ResourceSet {
    const { loopback } = pod;
    const own = ports.map(({ port }) => {
      const { service, servicePort, protocol, targetPort } = port;
      const bytes = buildLocalCluster({ service, port: servicePort, protocol, loopback, targetPort });
      return this.maker.resource("CDS", localCluster(service, servicePort), bytes);
    });
    const metrics = buildMetricsCluster(loopback, SIDECAR_ADMIN_PORT);
    return setOf([...own, this.maker.resource("CDS", METRICS_CLUSTER, metrics)]);
  }

  private buildListeners(pod: MeshPod, ports: readonly ServedPort[]): readonly Resource[] {
    const { address, loopback, identity } = pod;
    const controllerId = controllerSpiffeId(this.model?.trustDomain ?? "");
    const own = (name: string, inputs: readonly unknown[], build: () => Uint8Array) =>
      this.listener.get(pod, name, inputs, () => this.maker.resource("LDS", name, build()));
    return [
      own(OUTBOUND_LISTENER, [], () => buildOutboundListener(loopback, identity)),
      own(STATS_LISTENER, [], () => buildStatsListener(address)),
      own(CONFIG_LISTENER, [controllerId], () => buildConfigListener(address, identity, controllerId)),
      ...ports.map(({ port, access }) => {
        const { targetPort, service, servicePort } = port;
        const options = { address, targetPort, identity };
        const name = inboundListener(targetPort);
        return isHttp(port.protocol)
          ? own(name, [], () => buildInboundHttpListener(options))
          : own(name, [access], () => buildInboundTcpListener(options, localCluster(service, servicePort), access));
      }),
    ];
  }

  private routeSet(pod: MeshPod, ports: readonly ServedPort[]): ResourceSet {
    const list = ports
      .filter(({ port }) => isHttp(port.protocol))
      .map(({ port, access }) => {
        const cluster = localCluster(port.service, port.servicePort);
        return this.inboundRoutes.get(access, `${port.targetPort} ${cluster}`, [], () => {
          const bytes = buildInboundRoutes(port.targetPort, cluster, access);
          return this.maker.resource("RDS", inboundRoutes(port.targetPort), bytes);
        });
      });
    return this.routes.get(pod, "", list, () => ({ list, set: setOf(list) })).set;
  }

  private accessTo(identity: string, targetPort: number): PortAccess {
    const model = this.model;
    if (!model) throw new Error("PodScopes.of was called before a model was set");
    const { trustDomain } = model;
    if (model.policyMode === "permissive") {
      return this.access.get(`${identity} ${targetPort}`, [trustDomain, null], () => ({ grants: null, trustDomain }));
    }
    const all = this.grants.get(identity, [this.byDestination.get(identity), model.identities], (earlier) =>
      sameList(
        earlier,
        (this.byDestination.get(identity) ?? []).map((grant) => this.resolve(grant)),
      ),
    );
    return this.access.get(`${identity} ${targetPort}`, [trustDomain, all], (earlier) => {
      const here = all.filter(({ grant }) => grant.ports.length === 0 || grant.ports.includes(targetPort));
      const grants = sameList(earlier?.grants ?? undefined, here);
      return earlier && grants === earlier.grants && trustDomain === earlier.trustDomain
        ? earlier
        : { grants, trustDomain };
    });
  }

  private resolve(grant: Grant): ResolvedGrant {
    const spiffeIds = grant.sources.flatMap((source) => this.model?.identities[source]?.spiffeId ?? []);
    return this.resolved.get(grant, "", spiffeIds, () => ({ grant, spiffeIds }));
  }
}

interface ServedPort {
  readonly port: InboundPort;
  readonly access: PortAccess;
}

/** One row per target port: two Services in front of one port of a pod are one listener. The first Service names it. */
function servedPorts(pod: MeshPod): readonly InboundPort[] {
  const byTargetPort = new Map<number, InboundPort>();
  for (const row of pod.inbound) if (!byTargetPort.has(row.targetPort)) byTargetPort.set(row.targetPort, row);
  return [...byTargetPort.values()];
}

function byDestination(grants: readonly Grant[]): Map<string, readonly Grant[]> {
  const found = new Map<string, Grant[]>();
  for (const grant of grants) {
    const list = found.get(grant.destination);
    if (list) list.push(grant);
    else found.set(grant.destination, [grant]);
  }
  return found;
}
