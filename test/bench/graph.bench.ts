/**
 * `npm run bench:graph`: what a refresh of the graph costs from the questions to the metrics until `/api/topology` is
 * text: a small mesh and a large one, asked of a real Prometheus where there is one, and of a server that answers at once
 * (so that what is left is our own). `shared`: what the second viewer of the same frame costs.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { MeshObjects } from "@/lib/mesh/input";
import { translate } from "@/lib/mesh/translate";
import { compile } from "@/lib/metrics/compile";
import { type MeshQueryName, meshQueries } from "@/lib/metrics/mesh-queries";
import type { Sample } from "@/lib/metrics/query";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { readPastFrame, topologyOf } from "@/server/web/frame";
import { freePort } from "../support/local-mode";
import { startPrometheus } from "../support/prometheus";
import { remoteWrite } from "../support/remote-write";
import { generateMesh } from "./generate-mesh";
import { edgesOf, samplesOf, seriesOf } from "./mesh-traffic";
import { type Figure, quantile, report } from "./report";

const RUNS = Number(process.env.MESHDECK_BENCH_RUNS ?? 20);
const WINDOW_SECONDS = 30;
const PODS = 5;
const EDGES_PER_WRITE = 200;

interface Store {
  readonly url: string;
  close(): Promise<void>;
}

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

/** A Prometheus that has scraped the mesh up to `end`; null where there is none. */
async function loaded(objects: MeshObjects, end: number): Promise<Store | null> {
  const binary = process.env.MESHDECK_PROMETHEUS;
  if (!binary) return null;
  const store = await startPrometheus({ binary, port: await freePort(), config: "global:\n  scrape_interval: 5s\n" });
  const edges = edgesOf(objects);
  for (let from = 0; from < edges.length; from += EDGES_PER_WRITE) {
    await remoteWrite(store.url, seriesOf(edges.slice(from, from + EDGES_PER_WRITE), { end, pods: PODS }));
  }
  return store;
}

/** Answers the mesh's queries as a Prometheus does, from memory. */
async function canned(objects: MeshObjects): Promise<Store> {
  const samples = samplesOf(edgesOf(objects));
  const bodies = new Map(
    Object.entries(meshQueries(WINDOW_SECONDS)).map(([name, query]) => [
      compile(query),
      vector(samples[name as MeshQueryName]),
    ]),
  );
  const server = createServer(async (request, response) => {
    let form = "";
    for await (const chunk of request) form += chunk;
    const body = bodies.get(new URLSearchParams(form).get("query") ?? "");
    response.writeHead(body ? 200 : 404, { "content-type": "application/json" }).end(body);
  }).listen(0, "127.0.0.1");
  // Longer than any refresh: a connection must not end while one is reused.
  server.keepAliveTimeout = 120_000;
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function vector(samples: readonly Sample[]): string {
  const result = samples.map(({ labels, value }) => ({ metric: labels, value: [0, String(value)] }));
  return JSON.stringify({ status: "success", data: { resultType: "vector", result } });
}

interface Measured {
  /** The first refresh of the process, and every other, in milliseconds. */
  readonly first: number;
  readonly refreshes: readonly number[];
  /** Of those, waiting for the metrics and reading their answers. */
  readonly asked: readonly number[];
  /** The frame is there already. */
  readonly shared: readonly number[];
  readonly queries: number;
  readonly edges: number;
  readonly text: string;
}

async function measure(objects: MeshObjects, url: string, at: number): Promise<Measured> {
  const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
  const view = { objects, model, meshConfig: null, deployments: [], partial: [] };
  const metrics = createPrometheusSource({ url, timeoutMs: 60_000 });
  const asking = { mesh: async () => view, metrics, telemetry: async () => MESHDECK_TELEMETRY, now: () => at };
  const refreshes: number[] = [];
  const asked: number[] = [];
  const shared: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const start = performance.now();
    const frame = await readPastFrame(asking, WINDOW_SECONDS, at);
    asked.push(performance.now() - start);
    const text = JSON.stringify(topologyOf(frame));
    refreshes.push(performance.now() - start);
    const again = performance.now();
    JSON.stringify(topologyOf(frame));
    shared.push(performance.now() - again);
    if (frame.partial.length > 0) throw new Error(JSON.stringify(frame.partial));
    if (run === RUNS) {
      const [first = Number.NaN, ...others] = refreshes;
      const { edges, queries } = topologyOf(frame);
      const flowing = edges.filter(({ requestsPerSecond }) => requestsPerSecond > 0).length;
      return { first, refreshes: others, asked, shared, queries: queries.count, edges: flowing, text };
    }
  }
  throw new Error("no runs");
}

async function figuresOf(name: "small" | "large", objects: MeshObjects): Promise<Figure[]> {
  const at = Date.now();
  const figures: Figure[] = [];
  for (const [suffix, store] of [
    ["", await loaded(objects, at)],
    ["-canned", await canned(objects)],
  ] as const) {
    if (store === null) {
      console.error(`no MESHDECK_PROMETHEUS: topology-${name} is measured against canned answers only`);
      continue;
    }
    const measured = await measure(objects, store.url, at).finally(() => store.close());
    const ms = (figure: string, value: number): Figure => ({
      figure: `topology-${name}${suffix}-${figure}`,
      value,
      unit: "ms",
    });
    figures.push(
      ms("first", measured.first),
      ms("p50", quantile(measured.refreshes, 0.5)),
      ms("p95", quantile(measured.refreshes, 0.95)),
      ms("metrics-p50", quantile(measured.asked, 0.5)),
      ms("shared-p50", quantile(measured.shared, 0.5)),
    );
    if (suffix !== "-canned") continue;
    figures.push(
      { figure: `topology-${name}-edges`, value: measured.edges, unit: "count" },
      { figure: `topology-${name}-bytes`, value: measured.text.length / 1000, unit: "kB" },
      { figure: `topology-${name}-bytes-gzip`, value: gzipSync(measured.text, { level: 1 }).length / 1000, unit: "kB" },
    );
    if (name === "large") figures.push({ figure: "topology-queries", value: measured.queries, unit: "count" });
  }
  return figures;
}

const figures = [...(await figuresOf("small", small())), ...(await figuresOf("large", large()))];
report(
  "graph",
  `${RUNS} refreshes; 500 workloads with 900 edges; 1,000 services, 5,000 pods and 10,000 edges`,
  figures,
);
