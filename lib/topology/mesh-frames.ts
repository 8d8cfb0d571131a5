/** The mesh over a range of time: every edge's figures as codes, frame by frame. What is kept between two refreshes. */
import { sortedQuantile } from "@/lib/metrics/quantile";
import type { TimeRange } from "@/lib/metrics/query";
import { pointCount } from "@/lib/time/range";
import { type EdgeSums, errorRatio, errorsOf, isDenied, mtlsRatio, requestsOf } from "./figures";
import { frameCode, ONE_CODE, UNKNOWN_CODE } from "./frame-codes";
import type { EdgeRows, FrameRows } from "./frame-rows";
import type { EdgeProtocol } from "./row-places";

export const EDGE_COLUMNS = [
  "requestsPerSecond",
  "errorRatio",
  "deniedPerSecond",
  "denied",
  "mtlsRatio",
  "p50Ms",
  "p95Ms",
  "p99Ms",
  "bytesPerSecond",
] as const;
export const NODE_COLUMNS = ["receivedPerSecond", "receivedErrorRatio"] as const;
export type EdgeColumn = (typeof EDGE_COLUMNS)[number];
export type NodeColumn = (typeof NODE_COLUMNS)[number];

/** Figures that are nothing, and not unknown, in a frame that was measured without a word about the edge. */
const RATES: ReadonlySet<string> = new Set<EdgeColumn | NodeColumn>([
  "requestsPerSecond",
  "deniedPerSecond",
  "denied",
  "receivedPerSecond",
]);

/** Codes (frame-codes.ts) by column, one for each frame. */
export type Codes<Column extends string> = Readonly<Record<Column, Uint16Array>>;

export interface EdgeTrack {
  /** Node id of the calling workload. */
  readonly source: string;
  /** Service key. */
  readonly service: string;
  readonly protocols: ReadonlySet<EdgeProtocol>;
  /** Connections were opened at some time before or in the range. */
  readonly opened: boolean;
  readonly codes: Codes<EdgeColumn>;
}

export interface MeshFrames {
  readonly range: TimeRange;
  /** 1: the store had figures for the frame; 0: a gap. */
  readonly measured: Uint8Array;
  /** By `source>service key`. */
  readonly edges: ReadonlyMap<string, EdgeTrack>;
  /** What workloads' own sidecars let in, by node id. */
  readonly received: ReadonlyMap<string, Codes<NodeColumn>>;
}

const EDGES_AT_ONCE = 25;
const WORKLOADS_AT_ONCE = 100;
const JOINS_AT_ONCE = 100;

/** Frames of all that was added up. Yields now and then, so that a caller can let others work. */
export function* meshFrames(rows: FrameRows): Generator<void, MeshFrames> {
  const edges = new Map<string, EdgeTrack>();
  for (const services of rows.edges.values()) {
    for (const edge of services.values()) {
      edges.set(`${edge.source}>${edge.service}`, edgeTrack(edge, rows));
      if (edges.size % EDGES_AT_ONCE === 0) yield;
    }
  }
  const received = new Map<string, Codes<NodeColumn>>();
  for (const [workload, { calls, errors }] of rows.received) {
    const codes = emptyCodes(NODE_COLUMNS, rows.measured);
    for (const frame of framesOf(rows.measured)) {
      codes.receivedPerSecond[frame] = frameCode(calls[frame] ?? 0);
      codes.receivedErrorRatio[frame] = codeOrUnknown(errorRatio(calls[frame] ?? 0, errors[frame] ?? 0));
    }
    received.set(workload, codes);
    if (received.size % WORKLOADS_AT_ONCE === 0) yield;
  }
  return { range: rows.range, measured: rows.measured, edges, received };
}

function edgeTrack(
  { source, service, protocols, sums: rows, bytes, buckets }: EdgeRows,
  { measured, bounds: known }: FrameRows,
): EdgeTrack {
  const codes = emptyCodes(EDGE_COLUMNS, measured);
  const { columns, bounds } = known.orderOf(buckets);
  const cumulative = columns.map((column) => buckets[column]);
  const counts = new Float64Array(columns.length);
  let opened = false;
  for (const frame of framesOf(measured)) {
    const sums = sumsAt(rows, frame);
    const requests = requestsOf(sums);
    opened ||= sums.openedTotal > 0;
    codes.requestsPerSecond[frame] = frameCode(requests);
    codes.errorRatio[frame] = codeOrUnknown(errorRatio(requests, errorsOf(sums)));
    codes.deniedPerSecond[frame] = frameCode(sums.deniedByClient + sums.deniedByServer);
    codes.denied[frame] = isDenied(sums) ? ONE_CODE : 0;
    codes.mtlsRatio[frame] = codeOrUnknown(mtlsRatio(sums));
    if (bytes !== null) codes.bytesPerSecond[frame] = frameCode(bytes[frame] ?? 0);
    let most = 0;
    for (let index = 0; index < counts.length; index += 1) {
      most = Math.max(most, cumulative[index]?.[frame] ?? 0);
      counts[index] = most;
    }
    codes.p50Ms[frame] = codeOrUnknown(sortedQuantile(0.5, bounds, counts));
    codes.p95Ms[frame] = codeOrUnknown(sortedQuantile(0.95, bounds, counts));
    codes.p99Ms[frame] = codeOrUnknown(sortedQuantile(0.99, bounds, counts));
  }
  return { source, service, protocols, opened, codes };
}

function sumsAt(rows: EdgeRows["sums"], frame: number): EdgeSums {
  return {
    http: rows.http?.[frame] ?? 0,
    class4: rows.class4?.[frame] ?? 0,
    class5: rows.class5?.[frame] ?? 0,
    tcpOpened: rows.tcpOpened?.[frame] ?? 0,
    tcpFailed: rows.tcpFailed?.[frame] ?? 0,
    opened: rows.opened?.[frame] ?? 0,
    openedTotal: rows.openedTotal?.[frame] ?? 0,
    failedTotal: rows.failedTotal?.[frame] ?? 0,
    handshakesTotal: rows.handshakesTotal?.[frame] ?? 0,
    deniedByClient: rows.deniedByClient?.[frame] ?? 0,
    deniedByServer: rows.deniedByServer?.[frame] ?? 0,
  };
}

function codeOrUnknown(value: number | null): number {
  return value === null ? UNKNOWN_CODE : frameCode(value);
}

function* framesOf(measured: Uint8Array): Generator<number> {
  for (let frame = 0; frame < measured.length; frame += 1) if (measured[frame] === 1) yield frame;
}

/** What a frame without a word says: nothing was called where it was measured, unknown where it was not. */
export function absentCode(column: EdgeColumn | NodeColumn, measured: boolean): number {
  return measured && RATES.has(column) ? 0 : UNKNOWN_CODE;
}

function emptyCodes<Column extends EdgeColumn | NodeColumn>(
  columns: readonly Column[],
  measured: Uint8Array,
): Codes<Column> {
  const blank = blanksOf(measured);
  const all = new Uint16Array(columns.length * measured.length);
  const codes = columns.map((column, index) => {
    const own = all.subarray(index * measured.length, (index + 1) * measured.length);
    own.set(blank[column]);
    return [column, own] as const;
  });
  return Object.fromEntries(codes) as Codes<Column>;
}

const blanks = new WeakMap<Uint8Array, Codes<EdgeColumn | NodeColumn>>();

/** A row of each column without a word, made once for the same frames: there are as many rows as edges. */
function blanksOf(measured: Uint8Array): Codes<EdgeColumn | NodeColumn> {
  const known = blanks.get(measured);
  if (known) return known;
  const made = [...EDGE_COLUMNS, ...NODE_COLUMNS].map((column) => [
    column,
    Uint16Array.from(measured, (figures) => absentCode(column, figures === 1)),
  ]);
  const all = Object.fromEntries(made) as Codes<EdgeColumn | NodeColumn>;
  blanks.set(measured, all);
  return all;
}

/**
 * `before` moved on to where `tail` ends, as many frames long as before. The two share the grid and meet or overlap; where
 * both have a frame the tail's counts, as the newest frames are asked for before every scrape has come in. Yields now and then.
 */
export function* appendFrames(before: MeshFrames, tail: MeshFrames): Generator<void, MeshFrames> {
  const { stepSeconds } = before.range;
  const count = before.measured.length;
  const range = { start: tail.range.end - (count - 1) * stepSeconds, end: tail.range.end, stepSeconds };
  const shift = Math.round((range.start - before.range.start) / stepSeconds);
  const own = pointCount(tail.range);
  const joined = { shift, from: count - own };
  const measured = new Uint8Array(count);
  measured.set(before.measured.subarray(shift));
  measured.set(tail.measured, joined.from);
  const join = <Column extends EdgeColumn | NodeColumn>(
    columns: readonly Column[],
    old: Codes<Column> | undefined,
    now: Codes<Column> | undefined,
  ): Codes<Column> => {
    const codes = emptyCodes(columns, measured);
    for (const column of columns) {
      if (old) codes[column].set(old[column].subarray(shift, shift + joined.from));
      if (now) codes[column].set(now[column], joined.from);
    }
    return codes;
  };

  const edges = new Map<string, EdgeTrack>();
  let joins = 0;
  for (const id of new Set([...before.edges.keys(), ...tail.edges.keys()])) {
    joins += 1;
    if (joins % JOINS_AT_ONCE === 0) yield;
    const old = before.edges.get(id);
    const now = tail.edges.get(id);
    const known = now ?? old;
    if (known === undefined) continue;
    const codes = join(EDGE_COLUMNS, old?.codes, now?.codes);
    if (now === undefined && !spoken(codes)) continue;
    const protocols = new Set([...(old?.protocols ?? []), ...(now?.protocols ?? [])]);
    const opened = (old?.opened ?? false) || (now?.opened ?? false);
    edges.set(id, { source: known.source, service: known.service, protocols, opened, codes });
  }
  const received = new Map<string, Codes<NodeColumn>>();
  for (const id of new Set([...before.received.keys(), ...tail.received.keys()])) {
    joins += 1;
    if (joins % JOINS_AT_ONCE === 0) yield;
    const codes = join(NODE_COLUMNS, before.received.get(id), tail.received.get(id));
    if (tail.received.has(id) || codes.receivedPerSecond.some(isFigure)) received.set(id, codes);
  }
  return { range, measured, edges, received };
}

/** Whether any frame says something of the edge. */
function spoken(codes: Codes<EdgeColumn>): boolean {
  return EDGE_COLUMNS.some((column) => codes[column].some(isFigure));
}

function isFigure(code: number): boolean {
  return code !== 0 && code !== UNKNOWN_CODE;
}
