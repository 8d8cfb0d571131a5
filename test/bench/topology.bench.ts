/**
 * `npm run bench:topology`: what one picture of a large mesh costs without the network: 1,000 services, 5,000 pods and
 * 10,000 edges with latency buckets, and a quarter of an hour of scrapes in the embedded store.
 */
import { makePicture, PictureMaker, type PictureOptions } from "@/components/graph/picture";
import { figuresOf } from "@/components/graph/picture-figures";
import { translate } from "@/lib/mesh/translate";
import { LATENCY_BOUNDS_MS } from "@/lib/metrics/latency-bounds";
import { type MeshSamples, meshQueries } from "@/lib/metrics/mesh-queries";
import type { Sample } from "@/lib/metrics/query";
import { buildTopology } from "@/lib/topology/build";
import { find } from "@/lib/topology/find/find";
import { evaluate } from "@/server/metrics/embedded/evaluate";
import { MetricStore } from "@/server/metrics/embedded/store";
import { generateMesh } from "./generate-mesh";
import { type Figure, quantile, report } from "./report";

const SERVICES = 1000;
const CALLS = 10;
const BOUNDS = [...LATENCY_BOUNDS_MS.map(String), "+Inf"];

interface Edge {
  readonly labels: Readonly<Record<string, string>>;
  readonly cluster: string;
}

const name = (index: number) => `svc-${index % SERVICES}`;
const namespace = (index: number) => `ns-${Math.floor((index % SERVICES) / 20)}`;
const edges: readonly Edge[] = Array.from({ length: SERVICES * CALLS }, (_, index) => {
  const from = Math.floor(index / CALLS);
  const to = from + 1 + (index % CALLS);
  return {
    labels: {
      source_namespace: namespace(from),
      source_workload_kind: "deployment",
      source_workload_name: name(from),
      envoy_cluster_name: `${namespace(to)}/${name(to)}|8080`,
    },
    cluster: `${namespace(to)}/${name(to)}|8080`,
  };
});

function samples(): MeshSamples {
  const rows = (label: string, values: readonly string[]): Sample[] =>
    edges.flatMap((edge) =>
      values.map((text, index) => ({ labels: { ...edge.labels, [label]: text }, value: index + 1 })),
    );
  return {
    requests: rows("envoy_response_code_class", ["2", "5"]),
    latency: rows("le", BOUNDS),
    connections: rows("part", ["openedTotal", "handshakesTotal", "opened", "received", "sent"]),
    denied: [],
  };
}

/** What a refresh costs the browser: the picture, its columns and a search, of the same 10,000 edges with other figures each time. */
function picturing(): Figure[] {
  const objects = generateMesh({ services: SERVICES, podsPerService: 5, callsPerService: CALLS });
  const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
  const built = buildTopology({
    ...{ model, objects, samples: samples(), at: 0, windowSeconds: 30, partial: [] },
    queries: { count: 4, ms: 0 },
  });
  /** As a frame arrives: every object new. */
  const frames = Array.from({ length: 12 }, () => structuredClone(built));
  const search = "errors > 1% and (name ~ svc-1 or p99 > 250ms) and not (denied or mtls = no)";
  const over = (options: PictureOptions): readonly number[] => {
    const maker = new PictureMaker();
    const left = [...frames];
    return timed(frames.length, () => maker.make(left.pop() ?? built, options));
  };
  const services = over({ level: "services", scope: null });
  const namespaces = over({ level: "namespaces", scope: null });
  const picture = makePicture(built, { level: "services", scope: null });
  const left = [...frames];
  const searches = timed(frames.length, () => find(left.pop() ?? built, search));
  const again = timed(20, () => find(built, search));
  const columns = timed(20, () => figuresOf(picture));
  return [
    { figure: "picture-first", value: services[0] ?? Number.NaN, unit: "ms" },
    { figure: "picture-refresh-p50", value: quantile(services.slice(1), 0.5), unit: "ms" },
    { figure: "picture-refresh-p95", value: quantile(services.slice(1), 0.95), unit: "ms" },
    { figure: "picture-namespaces-first", value: namespaces[0] ?? Number.NaN, unit: "ms" },
    { figure: "picture-namespaces-refresh-p50", value: quantile(namespaces.slice(1), 0.5), unit: "ms" },
    { figure: "picture-columns-p50", value: quantile(columns, 0.5), unit: "ms" },
    { figure: "find-first-p50", value: quantile(searches, 0.5), unit: "ms" },
    { figure: "find-again-p50", value: quantile(again, 0.5), unit: "ms" },
  ];
}

function timed(runs: number, work: () => unknown): readonly number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function building(): Figure[] {
  const objects = generateMesh({ services: SERVICES, podsPerService: 5, callsPerService: CALLS });
  const model = translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" });
  const input = { model, objects, samples: samples(), at: 0, windowSeconds: 30, partial: [] };
  let bytes = 0;
  const times = timed(10, () => {
    const topology = buildTopology({ ...input, queries: { count: 4, ms: 0 } });
    bytes = JSON.stringify(topology).length;
  });
  return [
    { figure: "topology-build-first", value: times[0] ?? Number.NaN, unit: "ms" },
    { figure: "topology-build-p50", value: quantile(times, 0.5), unit: "ms" },
    { figure: "topology-build-p95", value: quantile(times, 0.95), unit: "ms" },
    { figure: "topology-json", value: bytes / 1024, unit: "kB" },
  ];
}

/** 100 sidecars, each with ten clusters. */
function storing(): Figure[] {
  const store = new MetricStore();
  const mine = edges.slice(0, 1000);
  const rounds: number[] = [];
  for (let round = 0; round < 450; round += 1) {
    const start = performance.now();
    for (let target = 0; target < 100; target += 1) scrape(store, { target, round, edges: mine });
    rounds.push(performance.now() - start);
  }
  const queries = Object.values(meshQueries(30));
  const asked = timed(20, () => queries.map((query) => evaluate(store, query, 900)));
  return [
    { figure: "store-round-100-targets-p50", value: quantile(rounds, 0.5), unit: "ms" },
    { figure: "store-series", value: store.stats().series, unit: "count" },
    { figure: "store-memory", value: store.stats().valueBytes / 1e6, unit: "MB" },
    { figure: "store-mesh-queries-p50", value: quantile(asked, 0.5), unit: "ms" },
    { figure: "store-mesh-queries-p95", value: quantile(asked, 0.95), unit: "ms" },
  ];
}

function scrape(store: MetricStore, at: { target: number; round: number; edges: readonly Edge[] }): void {
  const { target, round } = at;
  const own = at.edges.slice(target * CALLS, target * CALLS + CALLS);
  const { envoy_cluster_name: _cluster, ...labels } = own[0]?.labels ?? {};
  const writer = store.scrape({ id: `pod-${target}`, labels }, round * 2000 + target);
  for (const { cluster } of own) {
    const label = `envoy_cluster_name="${cluster}"`;
    writer.add(`envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",${label}}`, round * 40);
    for (const [index, le] of BOUNDS.entries()) {
      writer.add(`envoy_cluster_upstream_rq_time_bucket{${label},le="${le}"}`, round * 2 * index);
    }
    writer.add(`envoy_cluster_upstream_cx_total{${label}}`, 4);
    writer.add(`envoy_cluster_ssl_handshake{${label}}`, 4);
  }
  writer.commit();
}

report("topology", `${SERVICES} services, ${SERVICES * 5} pods, ${edges.length} edges`, [
  ...building(),
  ...picturing(),
  ...storing(),
]);
