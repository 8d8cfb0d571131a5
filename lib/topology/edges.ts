/** Edges of the graph: what was called, what was refused, and what may be called but is not. */
import type { TopologyEdge } from "@/lib/contract/topology";
import { nodeId, parseKey } from "@/lib/kube/refs";
import type { MeshModel, MeshSplit } from "@/lib/mesh/model";
import type { AccessReader } from "./access";
import { type EdgeFigures, figuresOf } from "./figures";
import type { EdgeProtocol, ProtocolOf } from "./row-places";
import { shareOf, splitsByBackend } from "./shares";
import { type EdgeTally, emptyTally } from "./tally";
import { mainProtocol } from "./workloads";

export interface BuiltEdge {
  readonly edge: TopologyEdge;
  readonly figures: EdgeFigures;
}

export interface EdgeContext {
  readonly model: MeshModel;
  readonly tallies: ReadonlyMap<string, EdgeTally>;
  /** Workload node ids that may have edges of their own. */
  readonly workloads: readonly string[];
  readonly access: AccessReader;
  /** See TopologyContext. */
  readonly seenInPart: boolean;
}

const STEP_EDGES = 250;
const STEP_WORKLOADS = 100;

/** Sorted by id. Yields now and then. */
export function* buildEdges(context: EdgeContext): Generator<void, readonly BuiltEdge[]> {
  const tallies = yield* withIdleEdges(context);
  const splits = splitsByBackend(context.model);
  const figures = new Map<string, EdgeFigures>();
  for (const [id, tally] of tallies) {
    figures.set(id, figuresOf(tally, servicePortProtocol(context.model, tally.service)));
    if (figures.size % STEP_EDGES === 0) yield;
  }
  const built: BuiltEdge[] = [];
  for (const [id, own] of figures) {
    const tally = tallies.get(id);
    if (tally === undefined) continue;
    const split = splits.get(tally.service);
    const sent = (service: string) => figures.get(`${tally.source}>${service}`)?.requestsPerSecond ?? 0;
    built.push({ edge: makeEdge(context, tally, { figures: own, split, sent }), figures: own });
    if (built.length % STEP_EDGES === 0) yield;
  }
  yield;
  return built.sort((a, b) => (a.edge.id < b.edge.id ? -1 : 1));
}

function* withIdleEdges({ tallies, workloads, access }: EdgeContext): Generator<void, ReadonlyMap<string, EdgeTally>> {
  const all = new Map<string, EdgeTally>();
  for (const [id, tally] of tallies) {
    // Connections of the past alone make no edge once policy has closed the way.
    const usedBefore = () => tally.openedTotal > 0 && access.of(tally.source, tally.service).allowed;
    if (inWindow(tally) || usedBefore()) all.set(id, tally);
  }
  for (const [index, source] of workloads.entries()) {
    if (index % STEP_WORKLOADS === 0) yield;
    for (const service of access.reachable(source)) {
      const id = `${source}>${service}`;
      if (all.has(id)) continue;
      all.set(id, tallies.get(id) ?? emptyTally(source, service));
    }
  }
  return all;
}

/** Whether there were calls: counters of a cluster that was never called are there all the same. */
function inWindow(tally: EdgeTally): boolean {
  for (const rate of tally.classes.values()) if (rate > 0) return true;
  return tally.tcpOpened > 0 || tally.deniedByClient > 0 || tally.deniedByServer > 0;
}

interface EdgeParts {
  readonly figures: EdgeFigures;
  readonly split: MeshSplit | undefined;
  /** Calls per second of the edge's source to a service. */
  readonly sent: (service: string) => number;
}

function makeEdge(context: EdgeContext, tally: EdgeTally, { figures, split, sent }: EdgeParts): TopologyEdge {
  const target = serviceNode(tally.service);
  const access = context.access.of(tally.source, tally.service);
  const share = split === undefined ? null : shareOf({ model: context.model, split }, tally.service, sent);
  return {
    id: `${tally.source}>${target}`,
    source: tally.source,
    target,
    protocol: figures.protocol,
    requestsPerSecond: figures.requestsPerSecond,
    bytesPerSecond: figures.bytesPerSecond,
    errorRatio: figures.errorRatio,
    deniedPerSecond: figures.deniedPerSecond,
    denied: figures.denied,
    mtlsRatio: figures.mtlsRatio,
    mtls: figures.mtlsRatio === null ? null : figures.mtlsRatio === 1,
    latencyMs: figures.latencyMs,
    splitShare: share?.splitShare ?? null,
    desiredShare: share?.desiredShare ?? null,
    splitRoot: share === null ? null : serviceNode(share.root),
    allowed: access.allowed || isOfStrangers(context, tally),
    policies: [...access.policies],
  };
}

/** Policy that the reader may not see lets these calls in: with one end unseen, that they are made is all there is to say. */
function isOfStrangers({ seenInPart, model, workloads }: EdgeContext, { source, service }: EdgeTally): boolean {
  return seenInPart && (!Object.hasOwn(model.services, service) || !workloads.includes(source));
}

/** Node id of a service key. */
export function serviceNode(serviceKey: string): string {
  return nodeId({ ...parseKey(serviceKey), kind: "service" });
}

/** Protocols of ports as edges tell them; server-first TCP is TCP. */
export function modelProtocols(model: MeshModel): ProtocolOf {
  return (serviceKey, port) => {
    const service = Object.hasOwn(model.services, serviceKey) ? model.services[serviceKey] : undefined;
    const protocol = service?.ports.find((one) => one.port === port)?.protocol;
    if (protocol === undefined) return null;
    return protocol === "tcp-server-first" ? "tcp" : protocol;
  };
}

/** The protocol of a service that was not called: gRPC or HTTP when any of its ports is, or when it has none. */
export function servicePortProtocol(model: MeshModel, serviceKey: string): EdgeProtocol {
  const service = Object.hasOwn(model.services, serviceKey) ? model.services[serviceKey] : undefined;
  return mainProtocol((service?.ports ?? []).map((port) => port.protocol)) ?? "http";
}
