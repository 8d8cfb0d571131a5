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
/** Rows of one of so many shapes rise and fall together. */
const SHAPES = 16;

/** How long some work took in all, and the longest it kept others waiting. */
class Watch {
  ms = 0;
  longestMs = 0;

  over<T>(work: () => T): T {
    const start = performance.now();
    const made = work();
    const took = performance.now() - start;
    this.ms += took;
    this.longestMs = Math.max(this.longestMs, took);
    return made;
  }

  /** Others may come in where it yields. */
  steps<T>(work: Generator<void, T>): T {
    for (;;) {
      const step = this.over(() => work.next());
      if (step.done) return step.value;
    }
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

/** About as many rows as a piece of a store's answer has, when each has 60 points. */
const EDGES_AT_ONCE = 3;
const NAMES: readonly MeshQueryName[] = ["requests", "connections", "latency", "denied"];

interface Piece {
  readonly name: MeshQueryName;
  readonly series: readonly Series[];
}

/** The rows of a store's answers, made as they are read and let go of, as what is parsed of an answer is. */
function* piecesOver({ start, end, stepSeconds }: TimeRange): Generator<Piece> {
  const count = (end - start) / stepSeconds + 1;
  const points = (value: number, shape: number) =>
    Array.from({ length: count }, (_, index) => {
      const at = start + index * stepSeconds;
      return [at, value * (1 + 0.3 * Math.sin(at / 600 + shape))] as const;
    });
  for (const name of NAMES) {
    let row = 0;
    const series = ({ labels, value }: Sample): Series => {
      row += 1;
      return { labels, points: points(value ?? 0, row % SHAPES) };
    };
    for (let from = 0; from < edges.length; from += EDGES_AT_ONCE) {
      yield { name, series: samplesOf(edges.slice(from, from + EDGES_AT_ONCE))[name].map(series) };
    }
  }
}

const range: TimeRange = { start: 0, end: (FRAMES - 1) * STEP, stepSeconds: STEP };
const tail: TimeRange = { start: range.end, end: range.end + STEP, stepSeconds: STEP };
const protocolOf = modelProtocols(model);

function framesOver(of: TimeRange, watch: Watch): MeshFrames {
  const rows = new FrameRows(of, protocolOf);
  for (const { name, series } of piecesOver(of)) watch.over(() => rows.add(name, series));
  return watch.steps(meshFrames(rows));
}

const context = { model, objects, windowSeconds: STEP, queries: { count: 4, ms: 0 }, partial: [] };

const reading = new Watch();
const writing = new Watch();
const read = framesOver(range, reading);
const encoded = reading.steps(encodeFrames(read, context));
const text = writing.steps(jsonSteps(encoded)).toString("utf8");
const moved = Array.from({ length: 3 }, () => {
  const watch = new Watch();
  const newer = framesOver(tail, watch);
  watch.steps(appendFrames(read, newer));
  return watch;
});

const decoded = timed(3, () => decodeFrames(JSON.parse(text)));
const set = decodeFrames(JSON.parse(text));
const whole = timed(5, (turn) => topologyAt(set, turn));
const frames = new PictureFrames(set, makePicture(topologyAt(set, 0), { level: "services", scope: null }));
const inked = timed(FRAMES, (turn) => frames.at(turn));
const compared = timed(5, (turn) => diffTopologies(topologyAt(set, 0), topologyAt(set, turn * 10)));

const figures: readonly Figure[] = [
  { figure: "frames-large-ms", value: reading.ms + writing.ms, unit: "ms" },
  {
    figure: "frames-large-longest-block",
    value: Math.max(reading.longestMs, writing.longestMs),
    unit: "ms",
  },
  { figure: "frames-large-write", value: writing.ms, unit: "ms" },
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
