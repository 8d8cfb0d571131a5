/** Samples of the mesh's queries added up by edge (source workload, called service) and by receiving workload. */
import { BoundColumns, Histogram } from "@/lib/metrics/histograms";
import type { ConnectionPart, MeshSamples } from "@/lib/metrics/mesh-queries";
import { BUCKET_LABEL, DENIED_SIDE, ENVOY_RESPONSE_CODE_CLASS, PART_LABEL } from "@/lib/metrics/names";
import type { Labels } from "@/lib/metrics/query";
import { toTheEnd } from "@/lib/time/steps";
import { deniedService, type EdgeProtocol, getOrMake, type ProtocolOf, RowPlaces } from "./row-places";

/** Per second unless named Total. */
export interface EdgeTally {
  /** Node id of the calling workload. */
  readonly source: string;
  /** Service key. */
  readonly service: string;
  readonly protocols: Set<EdgeProtocol>;
  /** HTTP requests by response code class. */
  readonly classes: Map<string, number>;
  /** Connections of TCP ports. */
  tcpOpened: number;
  tcpFailed: number;
  /** Connections of every port. */
  opened: number;
  /** Both directions; null: not measured. */
  bytes: number | null;
  openedTotal: number;
  failedTotal: number;
  handshakesTotal: number;
  /** In milliseconds, all ports together; null: none was measured. */
  latency: Histogram | null;
  /** Refused by the caller's own sidecar, and by the called one. */
  deniedByClient: number;
  deniedByServer: number;
}

/** What a workload's own sidecar let in, per second. HTTP requests and TCP connections. */
export interface ReceivedTally {
  calls: number;
  errors: number;
}

export interface MeshTally {
  /** By `source>service key`. */
  readonly edges: ReadonlyMap<string, EdgeTally>;
  /** By node id. */
  readonly received: ReadonlyMap<string, ReceivedTally>;
}

/** Reads all samples. Rows of clusters that are no service, and rows without a source, are left out. */
export function tally(samples: MeshSamples, protocolOf: ProtocolOf): MeshTally {
  return toTheEnd(tallySteps(samples, protocolOf));
}

const STEP_ROWS = 1_000;

/** As tally; yields now and then, so that a caller can let others work. */
export function* tallySteps(samples: MeshSamples, protocolOf: ProtocolOf): Generator<void, MeshTally> {
  const reader = new Reader(protocolOf);
  // In this order: whether a port is TCP shows in whether it had requests.
  for (const name of ["requests", "connections", "latency", "denied"] as const) {
    const rows = samples[name];
    for (let from = 0; from < rows.length; from += STEP_ROWS) {
      const to = Math.min(rows.length, from + STEP_ROWS);
      for (let index = from; index < to; index += 1) {
        const row = rows[index];
        if (row !== undefined && row.value !== null) reader[name](row.labels, row.value);
      }
      yield;
    }
  }
  return { edges: reader.edges(), received: reader.received };
}

class Reader {
  /** By source, then by service: rows are many, and joining keys for each would cost more than all the rest. */
  readonly #edges = new Map<string, Map<string, EdgeTally>>();
  readonly #places: RowPlaces;
  readonly #bounds = new BoundColumns();
  readonly received = new Map<string, ReceivedTally>();

  constructor(protocolOf: ProtocolOf) {
    this.#places = new RowPlaces(protocolOf);
  }

  requests(labels: Labels, value: number): void {
    const cluster = this.#places.cluster(labels);
    const source = this.#places.source(labels);
    if (cluster === null || source === null || cluster.protocol === "tcp") return;
    const class_ = labels[ENVOY_RESPONSE_CODE_CLASS] ?? "";
    if (cluster.local) {
      this.#receive(source, value, class_ === "5" ? value : 0);
      return;
    }
    const edge = this.#edge(source, cluster.service);
    edge.protocols.add(cluster.protocol ?? "http");
    add(edge.classes, class_, value);
  }

  connections(labels: Labels, value: number): void {
    const cluster = this.#places.cluster(labels);
    const source = this.#places.source(labels);
    if (cluster === null || source === null) return;
    const part = labels[PART_LABEL] as ConnectionPart | undefined;
    if (cluster.local) {
      if (cluster.protocol !== "tcp") return;
      if (part === "opened") this.#receive(source, value, 0);
      else if (part === "failed") this.#receive(source, 0, value);
      return;
    }
    const edge = this.#edge(source, cluster.service);
    // A port the model does not know counts as HTTP as soon as it shows requests; those rows were read before.
    const tcp = cluster.protocol === "tcp" || (cluster.protocol === null && edge.classes.size === 0);
    if (tcp) edge.protocols.add("tcp");
    else if (cluster.protocol !== null) edge.protocols.add(cluster.protocol);
    addConnections(edge, part, { value, tcp });
  }

  latency(labels: Labels, value: number): void {
    const cluster = this.#places.cluster(labels);
    const source = this.#places.source(labels);
    const column = this.#bounds.of(labels[BUCKET_LABEL] ?? "");
    if (cluster === null || cluster.local || source === null || cluster.protocol === "tcp" || column === null) return;
    const edge = this.#edge(source, cluster.service);
    edge.latency ??= new Histogram(this.#bounds);
    edge.latency.add(column, value);
  }

  denied(labels: Labels, value: number): void {
    const source = this.#places.source(labels);
    const service = deniedService(labels);
    if (source === null || service === null) return;
    const edge = this.#edge(source, service);
    if (labels[DENIED_SIDE] === "server") edge.deniedByServer += value;
    else edge.deniedByClient += value;
  }

  #receive(workload: string, calls: number, errors: number): void {
    const found = this.received.get(workload);
    if (found === undefined) this.received.set(workload, { calls, errors });
    else {
      found.calls += calls;
      found.errors += errors;
    }
  }

  edges(): ReadonlyMap<string, EdgeTally> {
    const edges = new Map<string, EdgeTally>();
    for (const [source, services] of this.#edges) {
      for (const [service, edge] of services) edges.set(`${source}>${service}`, edge);
    }
    return edges;
  }

  #edge(source: string, service: string): EdgeTally {
    const services = getOrMake(this.#edges, source, () => new Map<string, EdgeTally>());
    return getOrMake(services, service, () => emptyTally(source, service));
  }
}

function addConnections(edge: EdgeTally, part: ConnectionPart | undefined, row: { value: number; tcp: boolean }): void {
  const { value, tcp } = row;
  if (part === "openedTotal") edge.openedTotal += value;
  else if (part === "failedTotal") edge.failedTotal += value;
  else if (part === "handshakesTotal") edge.handshakesTotal += value;
  else if (part === "received" || part === "sent") edge.bytes = (edge.bytes ?? 0) + value;
  else if (part === "opened") {
    edge.opened += value;
    if (tcp) edge.tcpOpened += value;
  } else if (part === "failed" && tcp) edge.tcpFailed += value;
}

/** Nothing was measured. */
export function emptyTally(source: string, service: string): EdgeTally {
  return {
    source,
    service,
    protocols: new Set(),
    classes: new Map(),
    tcpOpened: 0,
    tcpFailed: 0,
    opened: 0,
    bytes: null,
    openedTotal: 0,
    failedTotal: 0,
    handshakesTotal: 0,
    latency: null,
    deniedByClient: 0,
    deniedByServer: 0,
  };
}

function add<K>(sums: Map<K, number>, key: K, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}
