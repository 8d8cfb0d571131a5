/** Range answers of the mesh's queries added up by edge and by receiving workload, one number for each frame. */
import { BoundColumns } from "@/lib/metrics/histograms";
import type { ConnectionPart, MeshQueryName } from "@/lib/metrics/mesh-queries";
import { BUCKET_LABEL, DENIED_SIDE, ENVOY_RESPONSE_CODE_CLASS, PART_LABEL } from "@/lib/metrics/names";
import type { Labels, Series, TimeRange } from "@/lib/metrics/query";
import { pointCount } from "@/lib/time/range";
import type { EdgeSums } from "./figures";
import { deniedService, type EdgeProtocol, getOrMake, type ProtocolOf, RowPlaces } from "./row-places";

/** Every array has one number for each frame. */
export interface EdgeRows {
  /** Node id of the calling workload. */
  readonly source: string;
  /** Service key. */
  readonly service: string;
  readonly protocols: Set<EdgeProtocol>;
  readonly sums: globalThis.Partial<Record<keyof EdgeSums, Float64Array>>;
  /** Both directions, per second; of TCP ports only. */
  bytes: Float64Array | null;
  /** Per second and cumulative, by column of its bound (`bounds`), which is in milliseconds. */
  readonly buckets: (Float64Array | undefined)[];
}

/** What a workload's own sidecar let in, per second. */
export interface ReceivedRows {
  readonly calls: Float64Array;
  readonly errors: Float64Array;
}

const ROWS_IN_SLAB = 256;

/** The same reading as tally(), for many frames at once. */
export class FrameRows {
  /** By source, then by service. */
  readonly edges = new Map<string, Map<string, EdgeRows>>();
  /** By node id. */
  readonly received = new Map<string, ReceivedRows>();
  /** 1: the store had anything at all for the frame. */
  readonly measured: Uint8Array;
  readonly count: number;
  readonly bounds = new BoundColumns();
  readonly range: TimeRange;
  readonly #places: RowPlaces;
  /** How many frames nothing was found for yet. */
  #gaps: number;

  /** What rows are cut from: hundreds of thousands of buffers of their own would keep the collector busy for long. */
  #slab = new Float64Array(0);
  #taken = 0;

  constructor(range: TimeRange, protocolOf: ProtocolOf) {
    this.range = range;
    this.count = pointCount(range);
    this.measured = new Uint8Array(this.count);
    this.#gaps = this.count;
    this.#places = new RowPlaces(protocolOf);
  }

  /** Adds rows of one query's answer, in any pieces. All requests come first: they tell HTTP from TCP. */
  add(name: MeshQueryName, rows: readonly Series[]): void {
    for (const row of rows) {
      this.#note(row);
      this.#row(name, row);
    }
  }

  /** As if nothing had come of it: of half the buckets a percentile would be drawn, and be wrong. */
  forgetLatency(): void {
    for (const services of this.edges.values()) for (const edge of services.values()) edge.buckets.length = 0;
  }

  #row(name: MeshQueryName, series: Series): void {
    if (name === "requests") this.#requests(series);
    else if (name === "connections") this.#connections(series);
    else if (name === "latency") this.#latency(series);
    else this.#denied(series);
  }

  #requests({ labels, points }: Series): void {
    const cluster = this.#places.cluster(labels);
    const source = this.#places.source(labels);
    if (cluster === null || source === null || cluster.protocol === "tcp") return;
    const class_ = labels[ENVOY_RESPONSE_CODE_CLASS] ?? "";
    if (cluster.local) {
      const { calls, errors } = this.#received(source);
      this.#add(calls, points);
      if (class_ === "5") this.#add(errors, points);
      return;
    }
    const edge = this.#edge(source, cluster.service);
    edge.protocols.add(cluster.protocol ?? "http");
    this.#sum(edge, "http", points);
    if (class_ === "4") this.#sum(edge, "class4", points);
    else if (class_ === "5") this.#sum(edge, "class5", points);
  }

  #connections({ labels, points }: Series): void {
    const cluster = this.#places.cluster(labels);
    const source = this.#places.source(labels);
    if (cluster === null || source === null) return;
    const part = labels[PART_LABEL] as ConnectionPart | undefined;
    if (cluster.local) {
      if (cluster.protocol !== "tcp") return;
      if (part === "opened") this.#add(this.#received(source).calls, points);
      else if (part === "failed") this.#add(this.#received(source).errors, points);
      return;
    }
    const edge = this.#edge(source, cluster.service);
    const tcp = cluster.protocol === "tcp" || (cluster.protocol === null && edge.sums.http === undefined);
    if (tcp) edge.protocols.add("tcp");
    else if (cluster.protocol !== null) edge.protocols.add(cluster.protocol);
    this.#connection(edge, part, { points, tcp });
  }

  #connection(edge: EdgeRows, part: ConnectionPart | undefined, row: { points: Series["points"]; tcp: boolean }): void {
    const { points, tcp } = row;
    if (part === "openedTotal" || part === "failedTotal" || part === "handshakesTotal") this.#sum(edge, part, points);
    else if (part === "opened") {
      this.#sum(edge, "opened", points);
      if (tcp) this.#sum(edge, "tcpOpened", points);
    } else if (part === "failed" && tcp) this.#sum(edge, "tcpFailed", points);
    else if ((part === "received" || part === "sent") && tcp) {
      edge.bytes ??= this.#newRow();
      this.#add(edge.bytes, points);
    }
  }

  #latency({ labels, points }: Series): void {
    const cluster = this.#places.cluster(labels);
    const source = this.#places.source(labels);
    const column = this.bounds.of(labels[BUCKET_LABEL] ?? "");
    if (cluster === null || cluster.local || source === null || cluster.protocol === "tcp" || column === null) return;
    const { buckets } = this.#edge(source, cluster.service);
    const row = buckets[column] ?? this.#newRow();
    buckets[column] = row;
    this.#add(row, points);
  }

  #denied({ labels, points }: Series): void {
    const source = this.#places.source(labels);
    const service = deniedService(labels);
    if (source === null || service === null) return;
    this.#sum(this.#edge(source, service), deniedSide(labels), points);
  }

  #edge(source: string, service: string): EdgeRows {
    const services = getOrMake(this.edges, source, () => new Map<string, EdgeRows>());
    return getOrMake(services, service, () => ({
      source,
      service,
      protocols: new Set<EdgeProtocol>(),
      sums: {},
      bytes: null,
      buckets: [],
    }));
  }

  #received(workload: string): ReceivedRows {
    return getOrMake(this.received, workload, () => ({
      calls: this.#newRow(),
      errors: this.#newRow(),
    }));
  }

  #sum(edge: EdgeRows, part: keyof EdgeSums, points: Series["points"]): void {
    const row = edge.sums[part] ?? this.#newRow();
    edge.sums[part] = row;
    this.#add(row, points);
  }

  #newRow(): Float64Array {
    if (this.#taken + this.count > this.#slab.length) {
      this.#slab = new Float64Array(this.count * ROWS_IN_SLAB);
      this.#taken = 0;
    }
    this.#taken += this.count;
    return this.#slab.subarray(this.#taken - this.count, this.#taken);
  }

  /** Counted through by hand: a large mesh has tens of millions of points, and iterators would cost more than the sums. */
  #add(row: Float64Array, points: Series["points"]): void {
    const { start, stepSeconds } = this.range;
    for (let index = 0; index < points.length; index += 1) {
      const point = points[index];
      const value = point?.[1] ?? null;
      if (point === undefined || value === null) continue;
      const frame = Math.round((point[0] - start) / stepSeconds);
      if (frame >= 0 && frame < row.length) row[frame] = (row[frame] ?? 0) + value;
    }
  }

  #note({ points }: Series): void {
    if (this.#gaps === 0) return;
    const { start, stepSeconds } = this.range;
    for (const [at] of points) {
      const frame = Math.round((at - start) / stepSeconds);
      if (this.measured[frame] !== 0) continue;
      this.measured[frame] = 1;
      this.#gaps -= 1;
    }
  }
}

function deniedSide(labels: Labels): "deniedByServer" | "deniedByClient" {
  return labels[DENIED_SIDE] === "server" ? "deniedByServer" : "deniedByClient";
}
