/** GET /api/overview: one screen of the mesh, put together of what is known already. */
import type { Certificate, ControllerStatus } from "@/lib/contract/admin";
import { changeGap } from "@/lib/contract/change-gap";
import type { Changes } from "@/lib/contract/changes";
import {
  type ControlPlane,
  MOST_RANKED,
  MOST_RECENT,
  type Overview,
  type OverviewEdge,
  type OverviewService,
  type Trend,
} from "@/lib/contract/overview";
import type { Partial, Topology, TopologyEdge } from "@/lib/contract/topology";
import type { KubeObject } from "@/lib/kube/objects";
import { callsOf, edgesByCalled, failedShare, refusedOf, worstP99 } from "@/lib/topology/callers";
import { type RankedEdge, type RankedService, rankEdges, rankServices, type UsualP99 } from "@/lib/topology/health";
import { overallCalls, overallP99 } from "@/lib/topology/overall";
import { verdictOf } from "@/lib/topology/verdict";
import { type Frame, topologyOf } from "./frame";
import { proxyListOf } from "./proxies";
import type { ControllerFacts } from "./security";
import { podsWithoutSidecar } from "./without-sidecar";

/** What an overview needs besides the frame. */
export interface OverviewParts {
  readonly meshName: string;
  readonly controlNamespace: string;
  /** Namespaces to look at; null for the whole mesh. */
  readonly scope: ReadonlySet<string> | null;
  readonly trend: Trend | null;
  readonly usual: UsualP99;
  readonly changes: Changes;
  /** null at a past instant: what the controller knew then is not kept. */
  readonly control: { readonly status: ControllerStatus | null; readonly facts: ControllerFacts } | null;
  /** What trend and usual latency cost, and why one is missing. */
  readonly queries: { readonly count: number; readonly ms: number };
  readonly partial: readonly Partial[];
}

export function overviewOf(frame: Frame, parts: OverviewParts): Overview {
  const { mesh } = frame;
  const topology = within(topologyOf(frame), parts.scope);
  const usual = reachesBack(parts.trend) ? parts.usual : NOT_KNOWN_YET;
  const services = rankServices(topology, usual);
  const byCalled = edgesByCalled(topology.edges);
  const edges = rankEdges(topology.edges, usual);
  const measured = frame.samplesAt !== null;
  const partial = [...frame.partial, ...parts.partial, ...(parts.control?.facts.partial ?? [])];
  const inScope = (namespace: string) => parts.scope?.has(namespace) ?? true;
  return {
    at: frame.at,
    windowSeconds: frame.windowSeconds,
    policyMode: mesh.model.policyMode,
    verdict: verdictOf(services, measured),
    calls: measured ? { ...overallCalls(topology.edges), p99Ms: overallP99(frame.samples.latency, parts.scope) } : null,
    podsWithoutSidecar: podsWithoutSidecar(mesh.objects, parts, inScope),
    // All calls together: of a part of the mesh nobody counted them.
    trend: parts.scope === null && mesh.limits === undefined ? parts.trend : null,
    services: services.slice(0, MOST_RANKED).map((one) => serviceOf(one, byCalled.get(one.node.id) ?? [])),
    edges: edges.slice(0, MOST_RANKED).map(edgeOf),
    denied: topology.edges
      .filter(({ deniedPerSecond }) => deniedPerSecond > 0)
      .sort((a, b) => b.deniedPerSecond - a.deniedPerSecond)
      .slice(0, MOST_RANKED)
      .map(({ id, source, target, deniedPerSecond }) => ({ id, source, target, perSecond: deniedPerSecond })),
    control: parts.control?.status
      ? controlOf(parts.control.status, { frame, facts: parts.control.facts, namespace: parts.controlNamespace })
      : null,
    problems: problemsOf(topology, inScope),
    changes: changesIn(parts.changes, inScope),
    queries: { count: frame.queries.count + parts.queries.count, ms: frame.queries.ms + parts.queries.ms },
    partial: partial.filter((one, index) => partial.findIndex(({ part }) => part === one.part) === index),
  };
}

const NOT_KNOWN_YET: UsualP99 = new Map();
/** Less than this says nothing of what is usual: a mesh that has just begun is compared with its own first moments. */
const USUAL_MS = 15 * 60_000;

/** Whether figures reach back far enough to say what is usual. */
function reachesBack(trend: Trend | null): boolean {
  const first = trend?.requestsPerSecond.findIndex((value) => value !== null) ?? -1;
  const since = first < 0 ? undefined : trend?.times[first];
  const last = trend?.times.at(-1);
  return since !== undefined && last !== undefined && last - since >= USUAL_MS;
}

/** The nodes of some namespaces, and every call from or to them. */
function within(topology: Topology, scope: ReadonlySet<string> | null): Topology {
  if (scope === null) return topology;
  const namespaceOf = (id: string) => id.slice(0, id.indexOf("/"));
  return {
    ...topology,
    nodes: topology.nodes.filter(({ namespace }) => scope.has(namespace)),
    edges: topology.edges.filter(
      ({ source, target }) => scope.has(namespaceOf(source)) || scope.has(namespaceOf(target)),
    ),
  };
}

function serviceOf({ node, status, reasons, score }: RankedService, callers: readonly TopologyEdge[]): OverviewService {
  const { id, namespace, name } = node;
  const figures = {
    requestsPerSecond: callsOf(node, callers),
    errorRatio: failedShare(node, callers),
    p99Ms: worstP99(callers),
    deniedPerSecond: refusedOf(callers),
  };
  return { id, namespace, name, status, reasons: [...reasons], score, ...figures };
}

function edgeOf({ edge, status, reasons, score, usualP99Ms }: RankedEdge): OverviewEdge {
  const { id, source, target, requestsPerSecond, errorRatio, deniedPerSecond, latencyMs } = edge;
  const figures = { requestsPerSecond, errorRatio, deniedPerSecond, p99Ms: latencyMs?.p99 ?? null, usualP99Ms };
  return { id, source, target, status, reasons: [...reasons], score, ...figures };
}

function controlOf(
  status: ControllerStatus,
  { frame, facts, namespace }: { readonly frame: Frame; readonly facts: ControllerFacts; readonly namespace: string },
): ControlPlane {
  const { items, notConnected } = proxyListOf(frame.mesh, facts.proxies, facts.certificates);
  const { version, ready, leader, startedAt } = status;
  return {
    version,
    ready,
    leader,
    startedAt,
    replicas: replicasOf(frame.mesh.deployments, namespace),
    proxies: {
      connected: items.length,
      synced: items.filter(({ types }) => types.every(({ synced }) => synced)).length,
      missing: notConnected.length,
      refusing: items.filter(({ types }) => types.some(({ nack }) => nack !== null)).length,
    },
    nextExpiry: firstToEnd(facts.certificates.filter(({ kind }) => kind === "workload")),
    root: firstToEnd(facts.certificates.filter(({ kind }) => kind === "root")),
  };
}

function firstToEnd(certificates: readonly Certificate[]): Certificate | null {
  return certificates.reduce<Certificate | null>(
    (first, one) => (first === null || Date.parse(one.notAfter) < Date.parse(first.notAfter) ? one : first),
    null,
  );
}

/** Meshdeck's chart and OSM's both name it so. */
const CONTROLLER_NAME = /^(meshdeck|osm)-controller$/;

function replicasOf(deployments: readonly KubeObject[], namespace: string): ControlPlane["replicas"] {
  const found = deployments.find(
    ({ metadata }) => metadata.namespace === namespace && CONTROLLER_NAME.test(metadata.name),
  );
  if (!found) return null;
  const spec = found.spec as { replicas?: number } | undefined;
  const status = found.status as { readyReplicas?: number } | undefined;
  return { ready: status?.readyReplicas ?? 0, total: spec?.replicas ?? 1 };
}

function problemsOf({ problems }: Topology, inScope: (namespace: string) => boolean): Overview["problems"] {
  const seen = problems.filter(({ object }) => inScope(object.namespace));
  const errors = seen.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: seen.length - errors };
}

function changesIn({ changes, partial }: Changes, inScope: (namespace: string) => boolean): Overview["changes"] {
  const seen = changes.filter(({ kind, namespace, name }) =>
    kind === "MeshConfig" ? true : inScope(kind === "Namespace" ? name : namespace),
  );
  return { recent: seen.slice(0, MOST_RECENT), total: seen.length, gap: changeGap(partial) };
}
