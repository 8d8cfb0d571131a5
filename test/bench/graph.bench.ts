/**
 * `npm run bench:graph`: what the graph costs, in a small mesh and in a large one, with a real Prometheus where there is
 * one and with a server that answers at once (`-canned`: what is left is our own).
 * - warm: GET /api/topology over HTTP, asked every 50 ms by another thread, while the refresh that all viewers share runs
 *   every two seconds in the serving process, exactly as the dashboard's does
 * - cold: nothing is known; all questions are asked and the whole answer is built and written
 * - `stall`: the longest that refresh kept the server from answering anything
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { ROUTES } from "@/lib/contract/routes";
import type { MeshObjects } from "@/lib/mesh/input";
import { translate } from "@/lib/mesh/translate";
import { compile } from "@/lib/metrics/compile";
import { type MeshQueryName, meshQueries } from "@/lib/metrics/mesh-queries";
import type { Sample } from "@/lib/metrics/query";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { askFigures } from "@/server/web/ask-figures";
import { FigureReader } from "@/server/web/figures";
import { type Frame, prepareTopology, readFrame, readPastFrame, topologyOf } from "@/server/web/frame";
import { handle } from "@/server/web/http";
import { prepareIncoming } from "@/server/web/incoming";
import { SharedFrames } from "@/server/web/shared-frames";
import { topicText } from "@/server/web/topic-text";
import type { TopicSources } from "@/server/web/topics";
import { generateMesh } from "./generate-mesh";
import { loadedStore, type Store } from "./loaded-store";
import { edgesOf, lastMinute, samplesOf } from "./mesh-traffic";
import { type Figure, quantile, report } from "./report";

const COLD_RUNS = Number(process.env.MESHDECK_BENCH_RUNS ?? 5);
const WARM_SECONDS = Number(process.env.MESHDECK_BENCH_SECONDS ?? 30);
/** The topology is made of its frame alone. */
const NO_SOURCES = {} as TopicSources;
const WINDOW_SECONDS = 30;
const PERIOD_MS = 2_000;
const PODS = 5;

/** 500 workloads in 50 namespaces with 900 edges. */
function small(): MeshObjects {
  const mesh = generateMesh({ services: 500, podsPerService: PODS, servicesPerNamespace: 10, callsPerService: 2 });
  const one = (object: MeshObjects["trafficTargets"][number]) => {
    const spec = object.spec as { sources: unknown[] };
    return { ...object, spec: { ...spec, sources: spec.sources.slice(0, 1) } };
  };
  const trafficTargets = mesh.trafficTargets.map((target, index) => (index < 400 ? target : one(target)));
  return { ...mesh, trafficTargets };
}

function large(): MeshObjects {
  return generateMesh({ services: 1000, podsPerService: PODS, callsPerService: 10 });
}

/** Answers the mesh's queries as a Prometheus does, from memory. A thread of its own, as a store is. */
async function canned(objects: MeshObjects): Promise<Store> {
  const samples = samplesOf(edgesOf(objects));
  const bodies = Object.entries(meshQueries(WINDOW_SECONDS)).map(([name, query]) => [
    compile(query),
    vector(samples[name as MeshQueryName]),
  ]);
  const worker = new Worker(CANNED, { eval: true, workerData: bodies });
  const [port] = (await once(worker, "message")) as [number];
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await worker.terminate();
    },
  };
}

const CANNED = `
const { parentPort, workerData } = require("node:worker_threads");
const bodies = new Map(workerData.map(([query, body]) => [query, Buffer.from(body)]));
const server = require("node:http").createServer(async (request, response) => {
  let form = "";
  for await (const chunk of request) form += chunk;
  const body = bodies.get(new URLSearchParams(form).get("query"));
  response.writeHead(body ? 200 : 404, { "content-type": "application/json" }).end(body);
});
server.keepAliveTimeout = 120000;
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

function vector(samples: readonly Sample[]): string {
  const result = samples.map(({ labels, value }) => ({ metric: labels, value: [0, String(value)] }));
  return JSON.stringify({ status: "success", data: { resultType: "vector", result } });
}

/** Asks every 50 ms, as a browser does, over a connection it keeps. */
const VIEWER = `
const { parentPort, workerData } = require("node:worker_threads");
const http = require("node:http");
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
const ask = () => new Promise((resolve, reject) => {
  const started = performance.now();
  http.get(workerData.url, { agent }, (response) => {
    response.resume();
    response.on("end", () => resolve({ ms: performance.now() - started, status: response.statusCode }));
  }).on("error", reject);
});
(async () => {
  const asked = [];
  const end = Date.now() + workerData.seconds * 1000;
  while (Date.now() < end) {
    asked.push(ask());
    await new Promise((next) => setTimeout(next, 50));
  }
  parentPort.postMessage(await Promise.all(asked));
})();
`;

interface Asked {
  readonly ms: number;
  readonly status: number;
}

/** What the dashboard does, without what it does not do for the graph: frames, shared texts, one route. */
function serving(objects: MeshObjects, url: string, at: number) {
  const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
  const view = { objects, model, partial: [], meshConfig: null, deployments: [] };
  const metrics = createPrometheusSource({ url, timeoutMs: 60_000 });
  const telemetry = async () => MESHDECK_TELEMETRY;
  const mesh = async () => view;
  const figures = new FigureReader({
    // The store was loaded up to one moment: that is what is asked for, again and again.
    ask: async (question) => {
      const asked = Date.now();
      const answer = await askFigures({ metrics, telemetry, now: Date.now }, { ...question, at });
      return { ...answer, at: asked, latencyAt: answer.latencyAt === at ? asked : answer.latencyAt };
    },
    budget: null,
    now: Date.now,
  });
  const frames = new SharedFrames<Frame>({
    load: async () => {
      const frame = await readFrame({ mesh, figures, now: Date.now }, WINDOW_SECONDS);
      await prepareTopology(frame);
      return frame;
    },
    now: Date.now,
    periodMs: PERIOD_MS,
    pokeMs: 100,
  });
  const cold = async () => {
    const frame = await readPastFrame({ mesh, metrics, telemetry, now: Date.now }, WINDOW_SECONDS, at);
    await prepareTopology(frame);
    return { frame, text: await topicText("topology", frame, NO_SOURCES) };
  };
  return { frames, cold };
}

async function warm(
  frames: SharedFrames<Frame>,
): Promise<{ readonly asked: readonly Asked[]; readonly stallMs: number }> {
  const get = handle(ROUTES.topology, async () => topicText("topology", await frames.get(WINDOW_SECONDS), NO_SOURCES));
  prepareIncoming();
  const server = createServer(async (incoming, outgoing) => {
    const url = `http://${incoming.headers.host}${incoming.url}`;
    const request = new Request(url, { headers: incoming.headers as Record<string, string> });
    const response = await get(request, { params: Promise.resolve({}) });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body === null) outgoing.end();
    else Readable.fromWeb(response.body as ReadableStream<Uint8Array>).pipe(outgoing);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = frames.subscribe(WINDOW_SECONDS, () => undefined);
  // The first frame is the cold one, and whoever comes first compiles our own code.
  await frames.get(WINDOW_SECONDS);
  await new Promise((next) => setTimeout(next, 2 * PERIOD_MS));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/topology?window=${WINDOW_SECONDS}s`;
  const viewer = new Worker(VIEWER, { eval: true, workerData: { url, seconds: WARM_SECONDS } });
  const [asked] = (await once(viewer, "message")) as [readonly Asked[]];
  delay.disable();
  stop();
  await viewer.terminate();
  server.close();
  server.closeAllConnections();
  if (asked.some(({ status }) => status !== 200)) throw new Error("a viewer was refused");
  return { asked, stallMs: delay.max / 1e6 };
}

async function figuresOf(name: "small" | "large", objects: MeshObjects): Promise<Figure[]> {
  const at = Date.now();
  const scrapes = { times: lastMinute(at), pods: PODS, shapes: 0 };
  const figures: Figure[] = [];
  for (const suffix of ["", "-canned"] as const) {
    const store = suffix === "" ? await loadedStore(objects, scrapes) : await canned(objects);
    if (store === null) {
      console.error(`no MESHDECK_PROMETHEUS: topology-${name} is measured against canned answers only`);
      continue;
    }
    const ms = (figure: string, value: number): Figure => {
      return { figure: `topology-${name}${suffix}-${figure}`, value, unit: "ms" };
    };
    try {
      const { frames, cold } = serving(objects, store.url, at);
      const { asked, stallMs } = await warm(frames);
      const times = asked.map((one) => one.ms);
      const colds: number[] = [];
      let last: Awaited<ReturnType<typeof cold>> | null = null;
      for (let run = 0; run < COLD_RUNS; run += 1) {
        const started = performance.now();
        last = await cold();
        colds.push(performance.now() - started);
      }
      figures.push(
        ms("p50", quantile(times, 0.5)),
        ms("p95", quantile(times, 0.95)),
        ms("stall", stallMs),
        ms("cold-p50", quantile(colds, 0.5)),
        ms("cold-p95", quantile(colds, 0.95)),
      );
      if (suffix !== "-canned" || last === null) continue;
      const { edges, queries } = topologyOf(last.frame);
      const flowing = edges.filter(({ requestsPerSecond }) => requestsPerSecond > 0).length;
      figures.push(
        { figure: `topology-${name}-edges`, value: flowing, unit: "count" },
        { figure: `topology-${name}-bytes`, value: last.text.bytes.length / 1000, unit: "kB" },
        {
          figure: `topology-${name}-bytes-gzip`,
          value: gzipSync(last.text.bytes, { level: 1 }).length / 1000,
          unit: "kB",
        },
      );
      if (name === "large") figures.push({ figure: "topology-queries", value: queries.count, unit: "count" });
    } finally {
      await store.close();
    }
  }
  return figures;
}

const figures = [...(await figuresOf("small", small())), ...(await figuresOf("large", large()))];
report(
  "graph",
  `${WARM_SECONDS} s of viewing, ${COLD_RUNS} cold starts; 500 workloads with 900 edges; 1,000 services, 5,000 pods and 10,000 edges`,
  figures,
);
process.exit(0);
