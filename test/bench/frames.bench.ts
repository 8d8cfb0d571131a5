/**
 * `npm run bench frames`: an hour of a large mesh as 60 frames, without the store: 1,000 services, 5,000 pods and 10,000 edges,
 * from the rows of four range queries to the text that is sent, and in the browser from that text to the ink of a frame.
 */
import { gzipSync } from "node:zlib";
import { makePicture } from "@/components/graph/picture";
import { PictureFrames } from "@/components/time/picture-frames";
import { translate } from "@/lib/mesh/translate";
import type { MeshQueryName } from "@/lib/metrics/mesh-queries";
import type { Sample, Series, TimeRange } from "@/lib/metrics/query";
import { diffTopologies } from "@/lib/topology/diff";
import { modelProtocols } from "@/lib/topology/edges";
import { encodeFrames } from "@/lib/topology/encode-frames";
import { FrameRows } from "@/lib/topology/frame-rows";
import { decodeFrames, topologyAt } from "@/lib/topology/frames";
import { appendFrames, type MeshFrames, meshFrames } from "@/lib/topology/mesh-frames";
import { jsonSteps } from "@/server/platform/json-steps";
import { generateMesh } from "./generate-mesh";
import { edgesOf, samplesOf } from "./mesh-traffic";
import { type Figure, quantile, report } from "./report";

const SERVICES = 1000;
const CALLS = 10;
const FRAMES = 60;
const STEP = 60;
/** Edges of one of so many shapes rise and fall together: that many lists of points serve them all. */
const SHAPES = 16;

/** A generator run to its end: what it returns, how long it took, and the longest it kept others waiting. */
function run<T>(work: Generator<void, T>): { readonly value: T; readonly ms: number; readonly longestMs: number } {
  const start = performance.now();
  let longestMs = 0;
  for (;;) {
    const from = performance.now();
    const step = work.next();
    longestMs = Math.max(longestMs, performance.now() - from);
    if (step.done) return { value: step.value, ms: performance.now() - start, longestMs };
  }
}

function timed(runs: number, work: (turn: number) => unknown): readonly number[] {
  return Array.from({ length: runs }, (_, turn) => {
    const start = performance.now();
    work(turn);
    return performance.now() - start;
  });
}

const objects = generateMesh({ services: SERVICES, podsPerService: 5, callsPerService: CALLS });
const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
const edges = edgesOf(objects);
const samples = samplesOf(edges);

type MeshSeries = Readonly<Record<MeshQueryName, readonly Series[]>>;

function seriesOver(range: TimeRange): MeshSeries {
  const lists = new Map<string, Series["points"]>();
  const points = (value: number, shape: number): Series["points"] => {
    const key = `${value} ${shape}`;
    const known = lists.get(key);
    if (known) return known;
    const made: [number, number][] = [];
    for (let at = range.start; at <= range.end; at += range.stepSeconds) {
      made.push([at, value * (1 + 0.3 * Math.sin(at / 600 + shape))]);
    }
    lists.set(key, made);
    return made;
  };
  const series = (rows: readonly Sample[]) =>
    rows.map(({ labels, value }, index) => ({ labels, points: points(value ?? 0, index % SHAPES) }));
  const names: readonly MeshQueryName[] = ["requests", "latency", "connections", "denied"];
  return Object.fromEntries(names.map((name) => [name, series(samples[name])])) as unknown as MeshSeries;
}

const range: TimeRange = { start: 0, end: (FRAMES - 1) * STEP, stepSeconds: STEP };
const tail: TimeRange = { start: range.end, end: range.end + STEP, stepSeconds: STEP };
const protocolOf = modelProtocols(model);
/** About as many rows as a piece of a store's answer has. */
const ROWS_AT_ONCE = 70;

/** As they are read from a store: piece by piece, requests first. */
function* framesOf(series: MeshSeries, of: TimeRange): Generator<void, MeshFrames> {
  const rows = new FrameRows(of, protocolOf);
  for (const name of ["requests", "connections", "latency", "denied"] as const) {
    for (let from = 0; from < series[name].length; from += ROWS_AT_ONCE) {
      rows.add(name, series[name].slice(from, from + ROWS_AT_ONCE));
      yield;
    }
  }
  return yield* meshFrames(rows);
}

const context = { model, objects, windowSeconds: STEP, queries: { count: 4, ms: 0 }, partial: [] };

const rows = seriesOver(range);
const read = run(framesOf(rows, range));
const encoded = run(encodeFrames(read.value, context));
const written = run(jsonSteps(encoded.value));
const text = written.value.toString("utf8");
const newest = seriesOver(tail);
const moved = Array.from({ length: 3 }, () => {
  const newer = run(framesOf(newest, tail));
  const joined = run(appendFrames(read.value, newer.value));
  return { ms: newer.ms + joined.ms, longestMs: Math.max(newer.longestMs, joined.longestMs) };
});

const decoded = timed(3, () => decodeFrames(JSON.parse(text)));
const set = decodeFrames(JSON.parse(text));
const whole = timed(5, (turn) => topologyAt(set, turn));
const frames = new PictureFrames(set, makePicture(topologyAt(set, 0), { level: "services", scope: null }));
const inked = timed(FRAMES, (turn) => frames.at(turn));
const compared = timed(5, (turn) => diffTopologies(topologyAt(set, 0), topologyAt(set, turn * 10)));

const figures: readonly Figure[] = [
  { figure: "frames-large-ms", value: read.ms + encoded.ms + written.ms, unit: "ms" },
  {
    figure: "frames-large-longest-block",
    value: Math.max(read.longestMs, encoded.longestMs, written.longestMs),
    unit: "ms",
  },
  { figure: "frames-large-write", value: written.ms, unit: "ms" },
  { figure: "frames-large-bytes", value: text.length / 1024, unit: "kB" },
  { figure: "frames-large-gzip", value: gzipSync(text).length / 1024, unit: "kB" },
  {
    figure: "frames-tail-ms",
    value: quantile(
      moved.map(({ ms }) => ms),
      0.5,
    ),
    unit: "ms",
  },
  { figure: "frames-tail-longest-block", value: Math.max(...moved.map(({ longestMs }) => longestMs)), unit: "ms" },
  { figure: "frames-decode", value: quantile(decoded, 0.5), unit: "ms" },
  { figure: "frames-topology-at", value: quantile(whole, 0.5), unit: "ms" },
  { figure: "frames-scrub-p50", value: quantile(inked, 0.5), unit: "ms" },
  { figure: "frames-scrub-p95", value: quantile(inked, 0.95), unit: "ms" },
  { figure: "frames-compare", value: quantile(compared, 0.5), unit: "ms" },
];
report("frames", `${SERVICES} services, ${edges.length} edges, ${FRAMES} frames`, figures);
