/** All stores scrape the same sidecars, live: the graph they give is the same. */
import { createServer, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChartSubject, chartQuery } from "@/lib/metrics/chart-queries";
import { type MeshQueryName, type MeshSamples, meshQueries } from "@/lib/metrics/mesh-queries";
import { KEPT_METRICS } from "@/lib/metrics/names";
import type { MetricsSource, Series } from "@/lib/metrics/query";
import { buildTopology } from "@/lib/topology/build";
import { type StoreServer, serveStore } from "@/server/metrics/embedded/http";
import { createScraper, type Scraper } from "@/server/metrics/embedded/scraper";
import { createEmbeddedSource } from "@/server/metrics/embedded/source";
import { DEFAULT_STORE_OPTIONS, MetricStore } from "@/server/metrics/embedded/store";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { prometheusConfig, targetFiles } from "@/server/metrics/prometheus-config";
import type { ScrapeTarget } from "@/server/metrics/targets";
import { listen } from "@/server/platform/listen";
import { BOOKSTORE, modelOf } from "@/test/support/bookstore-mesh";
import { source } from "@/test/support/mesh-samples";
import type { TestStore } from "@/test/support/program";
import { REAL_STORES } from "./real-stores";

const installed = REAL_STORES.filter(({ binary, scrapes }) => scrapes && binary !== null);

const BUYER = { namespace: "bookbuyer", kind: "deployment", name: "bookbuyer" };

/** What bookbuyer's sidecar and the controller would expose `seconds` after their start. */
function exposition(seconds: number, path: string): string | null {
  const v1 = 'envoy_cluster_name="bookstore/bookstore-v1|14001"';
  const calls = Math.round(seconds * 30);
  // VictoriaMetrics leaves out a parameter without a value.
  if (/^\/stats\/prometheus(\?usedonly=?)?$/.test(path)) {
    return [
      "# TYPE envoy_cluster_upstream_rq_xx counter",
      `envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",${v1}} ${calls}`,
      `envoy_cluster_upstream_rq_xx{envoy_response_code_class="5",${v1}} ${Math.round(calls / 10)}`,
      ...["1", "5", "10", "+Inf"].map(
        (le, index) => `envoy_cluster_upstream_rq_time_bucket{${v1},le="${le}"} ${Math.round((calls * index) / 3)}`,
      ),
      `envoy_cluster_upstream_cx_total{${v1}} 4`,
      `envoy_cluster_ssl_handshake{${v1}} 4`,
      `envoy_cluster_lb_healthy_panic{${v1}} 0`,
      "",
    ].join("\n");
  }
  if (path !== "/metrics") return null;
  const labels = Object.entries(source("bookthief/bookthief")).map(([name, value]) => `${name}="${value}"`);
  const to = 'destination_namespace="bookstore",destination_service="bookstore",reason="no-target",side="client"';
  return `meshdeck_denied_requests_total{${labels.join(",")},${to}} ${Math.round(seconds * 5)}\n`;
}

describe.skipIf(installed.length === 0)("scraping", () => {
  const started = Date.now();
  let sidecar: Server;
  let port = 0;
  let scraper: Scraper;
  let server: StoreServer;
  let reals: readonly TestStore[] = [];
  /** The embedded one first. */
  let sources: readonly MetricsSource[];
  let targets: readonly ScrapeTarget[] = [];

  beforeAll(async () => {
    sidecar = createServer((request, response) => {
      const text = exposition((Date.now() - started) / 1000 + 100, request.url ?? "");
      response.statusCode = text === null ? 404 : 200;
      response.end(text ?? "");
    });
    port = await listen(sidecar, { host: "127.0.0.1", port: 0, what: "test server" });
    const url = `http://127.0.0.1:${port}`;
    targets = [
      { id: "one", url: `${url}/stats/prometheus?usedonly`, labels: source("bookbuyer/bookbuyer") },
      { id: "controller", url: `${url}/metrics`, labels: {} },
    ];
    const store = new MetricStore({ ...DEFAULT_STORE_OPTIONS, keep: KEPT_METRICS });
    scraper = createScraper({ targets: () => targets, intervalMs: 1000, store });
    server = await serveStore(store, { host: "127.0.0.1", port: 0 });
    const { sidecars, controller } = targetFiles(targets);
    const config = prometheusConfig({
      scrapeIntervalSeconds: 1,
      sidecarsFile: "sidecars.json",
      controllerFile: "ctl.json",
    });
    const files = { "sidecars.json": sidecars, "ctl.json": controller };
    reals = await Promise.all(installed.map(({ start }) => start({ port: 28_511, config, files })));
    sources = [
      createEmbeddedSource({ url: server.url }),
      ...reals.map((real) => createPrometheusSource({ url: real.url, timeoutMs: 5000 })),
    ];
    await sleep(12_000);
  });

  afterAll(async () => {
    await scraper?.close();
    await server?.close();
    await Promise.all(reals.map((real) => real.close()));
    sidecar?.closeAllConnections();
    sidecar?.close();
  });

  it("gives the same graph from every store", async () => {
    const model = modelOf(BOOKSTORE);
    for (const one of sources) {
      const answers = await Promise.all(
        Object.entries(meshQueries(6)).map(async ([name, query]) => [
          name,
          await one.instant(query, Date.now() / 1000),
        ]),
      );
      const samples = Object.fromEntries(answers) as Record<MeshQueryName, MeshSamples[MeshQueryName]>;
      const about = { at: Date.now(), windowSeconds: 6, queries: { count: 4, ms: 1 }, partial: [] };
      const { edges } = buildTopology({ model, objects: BOOKSTORE, samples, ...about });
      const call = edges.find((edge) =>
        edge.id.startsWith("bookbuyer/deployment/bookbuyer>bookstore/service/bookstore-v1"),
      );
      expect(call).toMatchObject({ mtls: true, denied: false, protocol: "http" });
      expect(call?.requestsPerSecond).toBeCloseTo(33, -1);
      expect(call?.errorRatio).toBeCloseTo(1 / 11, 1);
      expect(call?.latencyMs?.p50).toBeCloseTo(7.5 - 2.5 / 2, -1);
      const refused = edges.find((edge) => edge.denied);
      expect(refused?.id).toBe("bookthief/deployment/bookthief>bookstore/service/bookstore");
      expect(refused?.deniedPerSecond).toBeCloseTo(5, 0);
    }
  });

  it.each<ChartSubject>([
    { kind: "edge", source: BUYER, service: "bookstore/bookstore-v1" },
    { kind: "service", service: "bookstore/bookstore-v1" },
    { kind: "workload", workload: BUYER, direction: "out" },
    { kind: "split", backends: ["bookstore/bookstore-v1", "bookstore/bookstore-v2"] },
  ])("draws the same charts of $kind from every store", async (subject) => {
    const end = Math.floor(Date.now() / 1000);
    const range = { start: end - 3, end, stepSeconds: 1 };
    const answers = await Promise.all(sources.map((one) => one.range(chartQuery(subject, 6), range)));
    const parts = (all: readonly Series[]) => all.map(({ labels }) => labels.part).sort();
    const [ours = []] = answers;
    expect(parts(ours)).toEqual(expect.arrayContaining(["connections", "errors", "p50", "p95", "p99", "requests"]));
    for (const all of answers) {
      expect(parts(all)).toEqual(parts(ours));
      const requests = all.find(({ labels }) => labels.part === "requests");
      expect(requests?.points).toHaveLength(4);
      expect(requests?.points.at(-1)?.[1]).toBeCloseTo(33, -1);
    }
  });

  it("keeps only what is read, and says which targets are up", async () => {
    for (const one of sources) {
      const count = async (metric: string) => {
        const selector = { metric, matchers: [] };
        const rows = await one.instant({ kind: "instant", aggregation: "sum", selector, by: [] }, Date.now() / 1000);
        return rows[0]?.value;
      };
      expect(await count("up")).toBe(2);
      expect(await count("envoy_cluster_lb_healthy_panic")).toBeUndefined();
    }
  });

  it("says why a target is down, and goes on with the others", async () => {
    const dead: ScrapeTarget = { id: "dead", url: "http://127.0.0.1:28599/", labels: {} };
    const lost: ScrapeTarget = { id: "lost", url: `http://127.0.0.1:${port}/nothing`, labels: {} };
    const store = new MetricStore();
    const own = createScraper({ targets: () => [dead, lost, ...targets], intervalMs: 60_000, store });
    await own.scrapeAll();
    await sleep(500);
    await own.close();
    const states = new Map(own.states().map((state) => [state.target.id, state]));
    expect(states.get("one")).toMatchObject({ up: true, error: null });
    expect(states.get("lost")).toMatchObject({ up: false, error: "status 404" });
    expect(states.get("dead")?.up).toBe(false);
  });
});
