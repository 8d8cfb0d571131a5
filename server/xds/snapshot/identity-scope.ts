import type { MeshModel, MeshPort, MeshService } from "@/lib/mesh/model";
import { buildUpstreamCluster, type ClusterSeed } from "../build/clusters";
import { buildEndpoints } from "../build/endpoints";
import { defaultPort } from "../build/hosts";
import { buildCatchAll, joinOutboundRoutes } from "../build/outbound-routes";
import { shareEqual } from "../build/share";
import { type SplitPlan, splitPlan } from "../build/upstream-action";
import { buildVirtualHost } from "../build/virtual-host";
import { OUTBOUND_ROUTES, upstreamCluster } from "../names";
import type { Resource } from "../resource";
import type { ResourceSet } from "../resource-set";
import { Keep, sameList, WeakKeep } from "./keep";
import { type Maker, setOf } from "./maker";
import { type Reach, Reaches } from "./reach";

/** What every pod of one identity gets for its calls. */
export interface IdentityScope {
  readonly clusters: ResourceSet;
  readonly endpoints: ResourceSet;
  readonly routes: ResourceSet;
}

/**
 * The callers' side, by identity. Everything that does not depend on the caller (endpoints, virtual hosts) is built once
 * for all of them, and a result is only built again when one of the values it is made of changed.
 */
export class IdentityScopes {
  private model: MeshModel | null = null;
  private plans: Readonly<Record<string, SplitPlan>> = {};
  private named: readonly string[] = [];
  private readonly reaches = new Reaches();
  private readonly scopes = new Map<string, IdentityScope>();
  private readonly seeds = new Map<string, ClusterSeed>();
  private readonly clusters = new WeakKeep<Resource>();
  private readonly endpoints = new WeakKeep<Resource>();
  private readonly hosts = new Keep<Uint8Array>();
  private readonly catchAlls = new Keep<readonly Uint8Array[]>();
  private readonly routes = new Keep<{ parts: readonly Uint8Array[]; set: ResourceSet }>();
  private readonly sets = new Keep<{ list: readonly unknown[]; set: ResourceSet }>();
  private readonly shared = new WeakKeep<ResourceSet>();
  private readonly seedLists = new WeakKeep<readonly ClusterSeed[]>();

  constructor(private readonly maker: Maker) {}

  update(model: MeshModel): void {
    if (model.services !== this.model?.services || model.splits !== this.model.splits) {
      this.plans = shareEqual(this.plans, splitPlans(model));
      // Names, not the services themselves: a new endpoint must not look like a new list of hosts.
      const named = Object.values(model.services).map(({ key, clusterIP }) => `${key} ${clusterIP ?? ""}`);
      this.named = sameList(this.named, named);
      this.hosts.retain((key) => Object.hasOwn(model.services, key.slice(0, key.indexOf("|"))));
      const ports = Object.values(model.services).reduce((sum, service) => sum + service.ports.length, 0);
      if (this.seeds.size > 1000 + 4 * ports) this.seeds.clear();
    }
    if (model.identities !== this.model?.identities) {
      // Keys end with the identity or namespace they are for.
      const wanted = (key: string) => {
        const owner = key.slice(key.lastIndexOf(" ") + 1);
        return !owner.includes("/") || Object.hasOwn(model.identities, owner);
      };
      for (const keep of [this.catchAlls, this.sets, this.routes]) keep.retain(wanted);
    }
    this.reaches.update(model);
    this.scopes.clear();
    this.model = model;
  }

  /** null: the model has no such identity. */
  of(identity: string): IdentityScope | null {
    const caller = this.model?.identities[identity];
    if (!caller) return null;
    let scope = this.scopes.get(identity);
    if (!scope) {
      const reach = this.reaches.of(identity);
      scope = {
        clusters: this.clusterSet(reach, identity),
        endpoints: this.endpointSet(reach, identity),
        routes: this.routeSet(reach, identity, caller.namespace),
      };
      this.scopes.set(identity, scope);
    }
    return scope;
  }

  private clusterSet(reach: Reach, identity: string): ResourceSet {
    const seeds = this.seedLists.get(reach, "", [this.model?.identities], () =>
      reach.services.flatMap((service) => service.ports.map((port) => this.seed(reach, service, port))),
    );
    return this.sets.get(`clusters ${identity}`, seeds, () => ({
      list: seeds,
      set: setOf(
        seeds.map((seed) =>
          this.clusters.get(seed, identity, [], () =>
            this.maker.resource("CDS", upstreamCluster(seed.service, seed.port), buildUpstreamCluster(seed, identity)),
          ),
        ),
      ),
    })).set;
  }

  /** The same object for the same content, so that clusters are only built when it differs. */
  private seed(reach: Reach, service: MeshService, port: MeshPort): ClusterSeed {
    const identities = this.model?.identities ?? {};
    const spiffeIds = answering(reach, service).flatMap((key) => identities[key]?.spiffeId ?? []);
    const content = [service.key, service.fqdn, port.port, port.protocol, ...spiffeIds].join(" ");
    let seed = this.seeds.get(content);
    if (!seed) {
      seed = { service: service.key, fqdn: service.fqdn, port: port.port, protocol: port.protocol, spiffeIds };
      this.seeds.set(content, seed);
    }
    return seed;
  }

  private endpointSet(reach: Reach, identity: string): ResourceSet {
    return this.shared.get(reach, "endpoints", [], () => {
      const list = reach.services.flatMap((service) =>
        service.ports.map((port) => this.endpointResource(reach, service, port)),
      );
      const key = reach.destinations === null ? "endpoints" : `endpoints ${identity}`;
      return this.sets.get(key, list, () => ({ list, set: setOf(list) })).set;
    });
  }

  private endpointResource(reach: Reach, service: MeshService, port: MeshPort): Resource {
    const name = upstreamCluster(service.key, port.port);
    const who = answering(reach, service);
    const all = who.length === service.identities.length;
    return this.endpoints.get(port.endpoints, all ? name : `${name} ${who.join(" ")}`, [], () => {
      const list = all ? port.endpoints : port.endpoints.filter((endpoint) => who.includes(endpoint.identity));
      return this.maker.resource("EDS", name, buildEndpoints(name, list));
    });
  }

  private routeSet(reach: Reach, identity: string, namespace: string): ResourceSet {
    const everybody = reach.destinations === null;
    const owner = everybody ? `namespace ${namespace}` : identity;
    return this.shared.get(reach, `routes ${namespace}`, [this.plans, this.named], () => {
      const hosts = reach.services.flatMap((service) =>
        service.ports.map((port) => this.virtualHost(service, port, namespace)),
      );
      const parts = [...hosts, ...this.catchAll(reach, owner, namespace)];
      return this.routes.get(owner, parts, () => ({
        parts,
        set: setOf([this.maker.resource("RDS", OUTBOUND_ROUTES, joinOutboundRoutes(parts))]),
      })).set;
    });
  }

  private virtualHost(service: MeshService, port: MeshPort, callerNamespace: string): Uint8Array {
    const split = this.plans[upstreamCluster(service.key, port.port)] ?? null;
    const near = service.namespace === callerNamespace;
    const bare = defaultPort(service) === port.port;
    const inputs = [service.fqdn, service.clusterIP, port.protocol, bare, split];
    return this.hosts.get(`${service.key}|${port.port}|${near}`, inputs, () =>
      buildVirtualHost({ service, port, split, callerNamespace }),
    );
  }

  private catchAll(reach: Reach, owner: string, namespace: string): readonly Uint8Array[] {
    const services = reach.destinations === null ? null : (this.model?.services ?? {});
    return this.catchAlls.get(owner, [services === null ? null : this.named, reach.keys], () => {
      const reachable = new Set(reach.keys);
      const denied = services === null ? [] : Object.values(services).filter(({ key }) => !reachable.has(key));
      return buildCatchAll(denied, namespace);
    });
  }
}

/**
 * Identities behind a service that this caller may call. When there are none the service is there as another's backend:
 * then all of them, and their own rules answer 403, which says more than a missing cluster.
 */
function answering(reach: Reach, service: MeshService): readonly string[] {
  const { destinations } = reach;
  if (destinations === null) return service.identities;
  const allowed = service.identities.filter((identity) => destinations.has(identity));
  return allowed.length > 0 ? allowed : service.identities;
}

function splitPlans(model: MeshModel): Record<string, SplitPlan> {
  const plans: Record<string, SplitPlan> = {};
  for (const split of Object.values(model.splits)) {
    for (const { port } of model.services[split.root]?.ports ?? []) {
      plans[upstreamCluster(split.root, port)] = splitPlan(model, split, port);
    }
  }
  return plans;
}
