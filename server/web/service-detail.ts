/** Everything about one service or workload, from the frame everybody shares and what the controller says. */
import type { ServiceDetail, ServiceGrant, ServiceIdentity, ServiceRoute } from "@/lib/contract/services";
import type { Topology, TopologyNode } from "@/lib/contract/topology";
import { key } from "@/lib/kube/refs";
import { answeringServices } from "@/lib/mesh/access";
import type { Grant, MeshModel } from "@/lib/mesh/model";
import { callersOf } from "@/lib/topology/callers";
import { type Frame, topologyOf } from "./frame";
import type { PolicyUsage } from "./policy-usage";
import type { ControllerFacts } from "./security";
import { podsOf } from "./service-pods";
import { splitsOf } from "./splits";

export interface DetailFacts {
  readonly usage: PolicyUsage;
  readonly controller: ControllerFacts;
}

/** null when the graph has no such node. */
export function serviceDetail(frame: Frame, id: string, facts: DetailFacts): ServiceDetail | null {
  const topology = topologyOf(frame);
  const node = topology.nodes.find((one) => one.id === id);
  if (!node) return null;
  const { model } = frame.mesh;
  const related = new Set(node.related);
  const identities = identitiesOf(node, model);
  const grants = grantsOf(model, identities, facts.usage);
  return {
    at: frame.at,
    windowSeconds: frame.windowSeconds,
    policyMode: model.policyMode,
    node,
    related: topology.nodes.filter((one) => related.has(one.id)),
    service: serviceOf(node, model),
    ...edgesOf(topology, node),
    splits: splitsAbout(frame, node),
    routes: routesOf(model, grants.in),
    grantsIn: grants.in.map(({ told }) => told),
    grantsOut: grants.out.map(({ told }) => told),
    identities: identities.own.map((one) => identityOf(one, { model, controller: facts.controller })),
    root: facts.controller.certificates.find(({ kind }) => kind === "root") ?? null,
    pods: podsOf(frame.mesh, node, facts.controller),
    problems: problemsAbout(node, model, splitNames(frame, node)),
    queries: frame.queries,
    partial: [...frame.partial, ...facts.controller.partial],
  };
}

interface Identities {
  /** Of the node itself. */
  readonly own: readonly string[];
  /** Of the pods that answer calls to it: for the root of a split those of its backends. */
  readonly answering: readonly string[];
}

function identitiesOf(node: TopologyNode, model: MeshModel): Identities {
  if (node.kind !== "service") return { own: node.identities, answering: node.identities };
  const answering = answeringServices(model, key(node)).flatMap((one) => model.services[one]?.identities ?? []);
  return { own: node.identities, answering: [...new Set([...node.identities, ...answering])].sort() };
}

function serviceOf(node: TopologyNode, model: MeshModel): ServiceDetail["service"] {
  const service = node.kind === "service" ? model.services[key(node)] : undefined;
  if (!service) return null;
  const ports = service.ports.map(({ port, name, protocol, endpoints }) => {
    return { port, name, protocol, endpointsReady: endpoints.length };
  });
  return { fqdn: service.fqdn, clusterIP: service.clusterIP, ports };
}

/** Edges to a service are its own; those to the services a workload backs are as near as one can tell for a workload. */
function edgesOf({ edges }: Topology, node: TopologyNode): Pick<ServiceDetail, "callers" | "callees"> {
  const both = new Set([node.id, ...node.related]);
  return node.kind === "service"
    ? { callers: callersOf(edges, node.id), callees: edges.filter(({ source }) => both.has(source)) }
    : {
        callers: edges.filter(({ target }) => both.has(target)),
        callees: edges.filter(({ source }) => source === node.id),
      };
}

function splitsAbout(frame: Frame, node: TopologyNode): ServiceDetail["splits"] {
  if (node.kind !== "service") return [];
  return splitsOf(frame)
    .items.filter((split) => isIn(split, node))
    .map(({ object: _, ...split }) => split);
}

function isIn(
  split: {
    readonly root: string | null;
    readonly namespace: string;
    readonly backends: readonly { service: string }[];
  },
  node: TopologyNode,
): boolean {
  const isBackend = split.namespace === node.namespace && split.backends.some(({ service }) => service === node.name);
  return split.root === key(node) || isBackend;
}

function splitNames(frame: Frame, node: TopologyNode): readonly string[] {
  return splitsAbout(frame, node).map(key);
}

interface ToldGrant {
  readonly grant: Grant;
  readonly told: ServiceGrant;
}

function grantsOf(
  model: MeshModel,
  { own, answering }: Identities,
  usage: PolicyUsage,
): { readonly in: readonly ToldGrant[]; readonly out: readonly ToldGrant[] } {
  const tell = (grant: Grant): ToldGrant => ({ grant, told: grantTold(grant, usage) });
  return {
    in: model.grants.filter(({ destination }) => answering.includes(destination)).map(tell),
    out: model.grants.filter(({ sources }) => sources.some((source) => own.includes(source))).map(tell),
  };
}

function grantTold({ target, policy, sources, destination, route, ports }: Grant, usage: PolicyUsage): ServiceGrant {
  return {
    target,
    policy,
    sources: [...sources],
    destination,
    route: route && `${route.group}/${route.match}`,
    ports: [...ports],
    // Envoy counts by policy for requests; a rule of connections has no counter.
    requestsPerSecond: usage.perSecond === null || route === null ? null : (usage.perSecond.get(policy) ?? 0),
    lastUsedAt: usage.lastUsedAt.get(policy) ?? null,
  };
}

/** Each match once, with everybody who grants it. */
function routesOf(model: MeshModel, grants: readonly ToldGrant[]): ServiceRoute[] {
  const routes = new Map<string, ServiceRoute>();
  for (const { grant } of grants) {
    if (grant.route === null) continue;
    const { group, match, pathRegex, methods, headers } = grant.route;
    const name = `${group}/${match}`;
    const known = routes.get(name);
    if (known) {
      if (!known.policies.includes(grant.target)) known.policies.push(grant.target);
    } else {
      routes.set(name, {
        group,
        match,
        pathRegex,
        methods: [...methods],
        headers: { ...headers },
        policies: [grant.target],
      });
    }
  }
  // A permissive mesh has no grants, and so no routes to tell of.
  return model.policyMode === "permissive" ? [] : [...routes.values()];
}

function identityOf(
  identity: string,
  { model, controller }: { readonly model: MeshModel; readonly controller: ControllerFacts },
): ServiceIdentity {
  return {
    key: identity,
    spiffeId: model.identities[identity]?.spiffeId ?? "",
    certificate: controller.certificates.find((one) => one.kind === "workload" && one.identity === identity) ?? null,
  };
}

function problemsAbout(node: TopologyNode, model: MeshModel, splits: readonly string[]): ServiceDetail["problems"] {
  const names = new Set([`Service ${key(node)}`, ...splits.map((split) => `TrafficSplit ${split}`)]);
  for (const identity of node.identities) names.add(`ServiceAccount ${identity}`);
  return model.problems.filter(({ object }) => names.has(`${object.kind} ${object.namespace}/${object.name}`));
}
