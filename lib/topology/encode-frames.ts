/** Frames of the mesh as `/api/topology/frames` answers them. */
import type { Column, Frames } from "@/lib/contract/frames";
import { stepsOfTally, type TopologyContext } from "./build";
import { serviceNode } from "./edges";
import { packCodes, UNKNOWN_CODE, VARYING_CODE } from "./frame-codes";
import {
  absentCode,
  type Codes,
  EDGE_COLUMNS,
  type EdgeColumn,
  type EdgeTrack,
  type MeshFrames,
  NODE_COLUMNS,
  type NodeColumn,
} from "./mesh-frames";
import { type EdgeTally, emptyTally, type MeshTally } from "./tally";

const EDGES_AT_ONCE = 1_000;
const ROWS_AT_ONCE = 2_500;

/** Nodes and edges are those of now and of every frame; yields now and then, so that a caller can let others work. */
export function* encodeFrames(frames: MeshFrames, context: Omit<TopologyContext, "at">): Generator<void, Frames> {
  const { range, measured } = frames;
  const at = range.end * 1000;
  const topology = yield* stepsOfTally(yield* unionOf(frames), { ...context, at });
  yield;
  const position = new Map(topology.nodes.map(({ id }, index) => [id, index]));
  const tracks = new Map([...frames.edges.values()].map((track) => [edgeId(track), track]));
  const edgeCodes = topology.edges.map(({ id }) => tracks.get(id)?.codes);
  const nodeCodes = topology.nodes.map(({ id }) => frames.received.get(id));
  yield;
  return {
    at,
    stepSeconds: range.stepSeconds,
    windowSeconds: topology.windowSeconds,
    policyMode: topology.policyMode,
    measured: Array.from(measured, (known) => known === 1),
    nodes: topology.nodes.map(({ inPerSecond: _in, outPerSecond: _out, errorRatio: _errors, ...node }) => node),
    edges: topology.edges.map(({ source, target, protocol, desiredShare, splitRoot, allowed, policies }) => ({
      source: position.get(source) ?? 0,
      target: position.get(target) ?? 0,
      protocol,
      desiredShare,
      splitRoot,
      allowed,
      policies,
    })),
    nodeColumns: yield* columns(NODE_COLUMNS, nodeCodes, measured),
    edgeColumns: yield* columns(EDGE_COLUMNS, edgeCodes, measured),
    queries: topology.queries,
    problems: topology.problems,
    partial: topology.partial,
  };
}

function edgeId({ source, service }: EdgeTrack): string {
  return `${source}>${serviceNode(service)}`;
}

/** What was there at any time, as if it were one moment: it says which nodes and edges there are, its figures nothing. */
function* unionOf(frames: MeshFrames): Generator<void, MeshTally> {
  const edges = new Map<string, EdgeTally>();
  for (const [id, { source, service, protocols, opened, codes }] of frames.edges) {
    const tally = { ...emptyTally(source, service), protocols: new Set(protocols), openedTotal: opened ? 1 : 0 };
    if (codes.requestsPerSecond.some(isMore)) tally.classes.set("2", 1);
    if (codes.deniedPerSecond.some(isMore)) tally.deniedByClient = 1;
    edges.set(id, tally);
    if (edges.size % EDGES_AT_ONCE === 0) yield;
  }
  const received = new Map([...frames.received.keys()].map((id) => [id, { calls: 0, errors: 0 }]));
  return { edges, received };
}

function isMore(code: number): boolean {
  return code !== 0 && code !== UNKNOWN_CODE;
}

function* columns<Name extends EdgeColumn | NodeColumn>(
  names: readonly Name[],
  rows: readonly (Codes<Name> | undefined)[],
  measured: Uint8Array,
): Generator<void, Record<Name, Column>> {
  const made: [Name, Column][] = [];
  for (const name of names) {
    made.push([
      name,
      yield* columnOf(
        rows.map((codes) => codes?.[name]),
        { measured, absent: absentCode(name, true) },
      ),
    ]);
  }
  return Object.fromEntries(made) as Record<Name, Column>;
}

function* columnOf(
  rows: readonly (Uint16Array | undefined)[],
  { measured, absent }: { readonly measured: Uint8Array; readonly absent: number },
): Generator<void, Column> {
  const constants = new Uint16Array(rows.length);
  for (const [index, codes] of rows.entries()) {
    constants[index] = codes === undefined ? absent : constantOf(codes, measured);
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) yield;
  }
  const varying = rows.filter((codes, index) => codes !== undefined && constants[index] === VARYING_CODE);
  const values = new Uint16Array(varying.length * measured.length);
  varying.forEach((codes, row) => {
    if (codes) values.set(codes, row * measured.length);
  });
  yield;
  return { constants: yield* packCodes(constants), values: yield* packCodes(values) };
}

/** The code a row has in every frame that was measured; VARYING_CODE when they differ. */
function constantOf(codes: Uint16Array, measured: Uint8Array): number {
  let constant = -1;
  for (let frame = 0; frame < codes.length; frame += 1) {
    if (measured[frame] !== 1) continue;
    const code = codes[frame] ?? UNKNOWN_CODE;
    if (constant === -1) constant = code;
    else if (constant !== code) return VARYING_CODE;
  }
  return constant === -1 ? UNKNOWN_CODE : constant;
}
