/**
 * `npm run bench frames-store`: the same hour as `bench frames`, out of a real Prometheus that scraped every 30 seconds of it: what its four
 * range queries cost the store, how much they bring, and how long they keep the server from everything else.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { translate } from "@/lib/mesh/translate";
import { compile } from "@/lib/metrics/compile";
import { meshQueries } from "@/lib/metrics/mesh-queries";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import type { FrameGrid } from "@/lib/time/frame-grid";
import { directoryOf } from "@/lib/topology/directory";
import { modelProtocols } from "@/lib/topology/edges";
import { encodeFrames } from "@/lib/topology/encode-frames";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { inSlices } from "@/server/platform/in-slices";
import { FrameTracks } from "@/server/web/frame-tracks";
import { sharedText } from "@/server/web/shared-text";
import { generateMesh } from "./generate-mesh";
import { loadedStore } from "./loaded-store";
import { edgesOf } from "./mesh-traffic";
import { type Figure, report } from "./report";

const SERVICES = Number(process.env.MESHDECK_BENCH_SERVICES ?? 1000);
const CALLS = 10;
const PODS = 5;
const FRAMES = 60;
const STEP = 60;
const SCRAPE = 30;
const TAILS = 3;

const objects = generateMesh({ services: SERVICES, podsPerService: PODS, callsPerService: CALLS });
const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
const end = Math.floor(Date.now() / 1000 / STEP) * STEP;
const from = end - (FRAMES + TAILS) * STEP;
const times = Array.from({ length: (end - from) / SCRAPE + 1 }, (_, index) => (from + index * SCRAPE) * 1000);
const grid = (moved: number): FrameGrid => ({
  range: { start: end - (FRAMES + TAILS - moved - 1) * STEP, end: end - (TAILS - moved) * STEP, stepSeconds: STEP },
  windowSeconds: STEP,
});

/** What the store alone needs, and how many bytes it sends: nothing is read of them. */
async function asked(url: string) {
  const { start, end: until, stepSeconds } = grid(0).range;
  let [ms, bytes] = [0, 0];
  for (const query of Object.values(meshQueries(STEP))) {
    const form = { query: compile(query), start: `${start}`, end: `${until}`, step: `${stepSeconds}`, timeout: "600s" };
    const started = performance.now();
    const response = await fetch(`${url}/api/v1/query_range`, { method: "POST", body: new URLSearchParams(form) });
    if (!response.ok || !response.body) throw new Error(`the store answered ${response.status}`);
    for await (const chunk of response.body) bytes += (chunk as Uint8Array).length;
    ms += performance.now() - started;
  }
  return { ms, bytes };
}

const store = await loadedStore(objects, { times, pods: PODS, shapes: 16 });
if (store === null) {
  console.error("no MESHDECK_PROMETHEUS: nothing is measured");
  process.exit(0);
}
try {
  const alone = await asked(store.url);
  const metrics = createPrometheusSource({ url: store.url, timeoutMs: 600_000 });
  const sources = {
    metrics,
    telemetry: MESHDECK_TELEMETRY,
    directory: directoryOf(objects),
    protocolOf: modelProtocols(model),
  };
  const tracks = new FrameTracks(Date.now);
  const read = async (moved: number) => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const { frames, queries } = await tracks.get(sources, grid(moved), true);
    const context = { model, objects, windowSeconds: STEP, queries, partial: [] };
    const text = await sharedText(await inSlices(encodeFrames(frames, context)));
    delay.disable();
    const measured = frames.measured.reduce((sum, each) => sum + each, 0);
    return { ms: performance.now() - started, longestMs: delay.max / 1e6, queries, bytes: text.bytes.length, measured };
  };
  const whole = await read(0);
  const memory = process.resourceUsage().maxRSS / 1024;
  const tails = [];
  for (let moved = 1; moved <= TAILS; moved += 1) tails.push(await read(moved));
  const figures: readonly Figure[] = [
    { figure: "frames-store-queries", value: whole.queries.count, unit: "count" },
    { figure: "frames-store-frames", value: whole.measured, unit: "count" },
    { figure: "frames-store-alone", value: alone.ms, unit: "ms" },
    { figure: "frames-store-answers", value: alone.bytes / 1e6, unit: "MB" },
    { figure: "frames-store-whole", value: whole.ms, unit: "ms" },
    { figure: "frames-store-longest-block", value: whole.longestMs, unit: "ms" },
    { figure: "frames-store-memory", value: memory, unit: "MB" },
    { figure: "frames-store-bytes", value: whole.bytes / 1000, unit: "kB" },
    { figure: "frames-store-tail", value: Math.max(...tails.map(({ ms }) => ms)), unit: "ms" },
    {
      figure: "frames-store-tail-longest-block",
      value: Math.max(...tails.map(({ longestMs }) => longestMs)),
      unit: "ms",
    },
  ];
  const setup = `${SERVICES} services, ${edgesOf(objects).length} edges, ${FRAMES} frames, scraped every ${SCRAPE} s`;
  report("frames-store", setup, figures);
} finally {
  await store.close();
}
process.exit(0);
