/** Frames as a page holds them: typed columns of which any moment of the range can be read without asking anybody. */
import type { Column, FrameEdge, FrameNode, Frames } from "@/lib/contract/frames";
import type { Topology, TopologyEdge } from "@/lib/contract/topology";
import { FRAME_VALUES, UNKNOWN_CODE, unpackCodes, VARYING_CODE } from "./frame-codes";
import { EDGE_COLUMNS, type EdgeColumn, NODE_COLUMNS, type NodeColumn } from "./mesh-frames";

export interface FrameSet {
  /** Unix milliseconds of the first and the last frame. */
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
  readonly windowSeconds: number;
  /** How many frames. */
  readonly count: number;
  /** 1 where the store had figures; elsewhere is a gap. */
  readonly measured: Uint8Array;
  readonly nodes: readonly FrameNode[];
  readonly edges: readonly (FrameEdge & { readonly id: string })[];
  readonly edgeColumns: Readonly<Record<EdgeColumn, FrameColumn>>;
  readonly nodeColumns: Readonly<Record<NodeColumn, FrameColumn>>;
  readonly about: Pick<Frames, "policyMode" | "queries" | "problems" | "partial">;
}

/** One figure of every edge (or node) in every frame. */
export class FrameColumn {
  readonly #constants: Uint16Array;
  /** Where a row's values begin; -1: it has one for all frames. */
  readonly #rows: Int32Array;
  readonly #values: Uint16Array;
  readonly #measured: Uint8Array;

  constructor(column: Column, { rows, measured }: { readonly rows: number; readonly measured: Uint8Array }) {
    this.#measured = measured;
    this.#constants = unpackCodes(column.constants, rows);
    this.#rows = new Int32Array(rows).fill(-1);
    let next = 0;
    for (let row = 0; row < rows; row += 1) {
      if (this.#constants[row] !== VARYING_CODE) continue;
      this.#rows[row] = next;
      next += measured.length;
    }
    this.#values = unpackCodes(column.values, next);
  }

  /** NaN: unknown. */
  at(row: number, frame: number): number {
    if (this.#measured[frame] !== 1) return Number.NaN;
    const begins = this.#rows[row] ?? -1;
    const code = begins < 0 ? this.#constants[row] : this.#values[begins + frame];
    return FRAME_VALUES[code ?? UNKNOWN_CODE] ?? Number.NaN;
  }
}

/** Throws RangeError for columns that do not fit the edges, nodes and frames. */
export function decodeFrames(frames: Frames): FrameSet {
  const measured = Uint8Array.from(frames.measured, (known) => (known ? 1 : 0));
  const column = (rows: number) => (one: Column) => new FrameColumn(one, { rows, measured });
  const stepMs = frames.stepSeconds * 1000;
  const nodeId = (index: number) => frames.nodes[index]?.id ?? "";
  return {
    startMs: frames.at - (measured.length - 1) * stepMs,
    endMs: frames.at,
    stepMs,
    windowSeconds: frames.windowSeconds,
    count: measured.length,
    measured,
    nodes: frames.nodes,
    edges: frames.edges.map((edge) => ({ ...edge, id: `${nodeId(edge.source)}>${nodeId(edge.target)}` })),
    edgeColumns: mapColumns(EDGE_COLUMNS, frames.edgeColumns, column(frames.edges.length)),
    nodeColumns: mapColumns(NODE_COLUMNS, frames.nodeColumns, column(frames.nodes.length)),
    about: frames,
  };
}

function mapColumns<Name extends string>(
  names: readonly Name[],
  columns: Readonly<Record<Name, Column>>,
  make: (column: Column) => FrameColumn,
): Record<Name, FrameColumn> {
  return Object.fromEntries(names.map((name) => [name, make(columns[name])])) as Record<Name, FrameColumn>;
}

/** The frame nearest to `at` (unix milliseconds), within the range. */
export function frameIndex(set: FrameSet, at: number): number {
  return Math.max(0, Math.min(set.count - 1, Math.round((at - set.startMs) / set.stepMs)));
}

/** The frame of an instant (unix milliseconds); null when the frames do not reach it. */
export function heldFrame(set: FrameSet | undefined, at: number | null): number | null {
  if (!set || at === null || at < set.startMs - set.stepMs / 2 || at > set.endMs + set.stepMs) return null;
  return frameIndex(set, at);
}

/** Unix milliseconds of a frame. */
export function frameTime(set: FrameSet, index: number): number {
  return set.startMs + index * set.stepMs;
}

/** What the whole mesh did in a frame, per second. */
export interface FrameTotals {
  readonly requestsPerSecond: number;
  readonly errorsPerSecond: number;
  readonly deniedPerSecond: number;
}

/** The totals of every frame; null for a gap. */
export function totalsOf({ edges, edgeColumns, count, measured }: FrameSet): readonly (FrameTotals | null)[] {
  return Array.from({ length: count }, (_, frame) => {
    if (measured[frame] !== 1) return null;
    const totals = { requestsPerSecond: 0, errorsPerSecond: 0, deniedPerSecond: 0 };
    for (let row = 0; row < edges.length; row += 1) {
      const calls = edgeColumns.requestsPerSecond.at(row, frame);
      totals.requestsPerSecond += calls;
      totals.errorsPerSecond += calls === 0 ? 0 : calls * edgeColumns.errorRatio.at(row, frame);
      totals.deniedPerSecond += edgeColumns.deniedPerSecond.at(row, frame);
    }
    return totals;
  });
}

/** The graph of one frame, as `/api/topology` would have answered it; its structure is the range's. A gap has no figures. */
export function topologyAt(set: FrameSet, index: number): Topology {
  const sent = splitTotals(set, index);
  const edges = set.edges.map((edge, row) => edgeAt(set, { row, index, sent }, edge));
  const flows = set.nodes.map(() => ({ in: 0, errors: 0, out: 0 }));
  set.edges.forEach(({ source, target }, row) => {
    const calls = edges[row]?.requestsPerSecond ?? 0;
    const [from, to] = [flows[source], flows[target]];
    if (from) from.out += calls;
    if (!to) return;
    to.in += calls;
    to.errors += calls * (edges[row]?.errorRatio ?? 0);
  });
  const nodes = set.nodes.map((node, row) => {
    const { in: called, errors, out } = flows[row] ?? { in: 0, errors: 0, out: 0 };
    const received = set.nodeColumns.receivedPerSecond.at(row, index) || 0;
    const failed = received * (set.nodeColumns.receivedErrorRatio.at(row, index) || 0);
    const inPerSecond = called + received;
    const errorRatio = inPerSecond > 0 ? Math.min(1, (errors + failed) / inPerSecond) : null;
    return { ...node, inPerSecond, outPerSecond: out, errorRatio };
  });
  const { policyMode, queries, problems, partial } = set.about;
  return {
    at: frameTime(set, index),
    windowSeconds: set.windowSeconds,
    policyMode,
    nodes,
    edges,
    queries,
    problems,
    partial,
  };
}

interface EdgeMoment {
  readonly row: number;
  readonly index: number;
  readonly sent: ReadonlyMap<string, number>;
}

function edgeAt(set: FrameSet, { row, index, sent }: EdgeMoment, edge: FrameSet["edges"][number]): TopologyEdge {
  const columns = set.edgeColumns;
  const requestsPerSecond = columns.requestsPerSecond.at(row, index) || 0;
  const mtlsRatio = nullIfUnknown(columns.mtlsRatio.at(row, index));
  const p50 = nullIfUnknown(columns.p50Ms.at(row, index));
  const p95 = nullIfUnknown(columns.p95Ms.at(row, index));
  const p99 = nullIfUnknown(columns.p99Ms.at(row, index));
  const total = edge.splitRoot === null ? 0 : (sent.get(`${edge.source}>${edge.splitRoot}`) ?? 0);
  return {
    id: edge.id,
    source: set.nodes[edge.source]?.id ?? "",
    target: set.nodes[edge.target]?.id ?? "",
    protocol: edge.protocol,
    requestsPerSecond,
    bytesPerSecond: nullIfUnknown(columns.bytesPerSecond.at(row, index)),
    errorRatio: nullIfUnknown(columns.errorRatio.at(row, index)),
    deniedPerSecond: columns.deniedPerSecond.at(row, index) || 0,
    denied: columns.denied.at(row, index) === 1,
    mtlsRatio,
    mtls: mtlsRatio === null ? null : mtlsRatio === 1,
    latencyMs: p50 === null ? null : { p50, p95, p99 },
    splitShare: total > 0 ? requestsPerSecond / total : null,
    desiredShare: edge.desiredShare,
    splitRoot: edge.splitRoot,
    allowed: edge.allowed,
    policies: edge.policies,
  };
}

/** What each source sent to all backends of each split, by `source>split root`. */
function splitTotals(set: FrameSet, index: number): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  set.edges.forEach(({ source, splitRoot }, row) => {
    if (splitRoot === null) return;
    const key = `${source}>${splitRoot}`;
    totals.set(key, (totals.get(key) ?? 0) + (set.edgeColumns.requestsPerSecond.at(row, index) || 0));
  });
  return totals;
}

function nullIfUnknown(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
