/** One suite of typed queries for both stores: the embedded one and a real Prometheus answer the same numbers. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Labels, MetricQuery, MetricsSource, Sample, Selector, Series, SimpleQuery } from "@/lib/metrics/query";
import { type StoreServer, serveStore } from "@/server/metrics/embedded/http";
import { parseLabels } from "@/server/metrics/embedded/parse";
import { createEmbeddedSource } from "@/server/metrics/embedded/source";
import { MetricStore } from "@/server/metrics/embedded/store";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { startPrometheus, type TestPrometheus } from "@/test/support/prometheus";
import { remoteWrite } from "@/test/support/remote-write";
import { asRemoteSeries, HISTORY_SECONDS, history } from "./metrics-history";

const binary = process.env.MESHDECK_PROMETHEUS;
// A third of a second off, so that no sample lies on the edge of a window: versions differ on whose it is.
const START = Math.floor(Date.now() / 1000) - HISTORY_SECONDS - 60 + 0.333;

const REQUESTS: Selector = { metric: "requests_total", matchers: [] };
const WEB: Selector = {
  metric: "requests_total",
  matchers: [{ label: "cluster", op: "=~", value: "shop/web\\|[0-9]+" }],
};
const BUCKETS: Selector = { metric: "latency_bucket", matchers: [] };
const OPEN: Selector = { metric: "open_connections", matchers: [] };

const rate = (selector: Selector, windowSeconds: number, by: readonly string[]): SimpleQuery => {
  return { kind: "rate", selector, windowSeconds, by };
};
const instant = (aggregation: "sum" | "max" | "min" | "count", selector: Selector, by: readonly string[]) => {
  return { kind: "instant", aggregation, selector, by } as const;
};
const quantileOf = (quantile: number, windowSeconds: number, by: readonly string[]) => {
  return { kind: "quantile", quantile, selector: BUCKETS, windowSeconds, by } as const;
};

const NOTHING = "a metric that does not exist";
const QUERIES: Readonly<Record<string, MetricQuery>> = {
  "instant sum": instant("sum", REQUESTS, ["cluster"]),
  "instant max": instant("max", OPEN, []),
  "instant min by target": instant("min", OPEN, ["source_workload_name"]),
  "instant count": instant("count", BUCKETS, ["cluster", "le"]),
  "rate over 10 s": rate(REQUESTS, 10, ["cluster", "class"]),
  "rate over 30 s": rate(WEB, 30, ["source_workload_name", "cluster", "class"]),
  "rate over 5 min": rate(REQUESTS, 300, ["source_workload_name"]),
  "rate of buckets": rate(BUCKETS, 30, ["source_workload_name", "cluster", "le"]),
  "rate of a counter that stands still": rate({ metric: "idle_total", matchers: [] }, 30, []),
  "rate of a counter that begins": rate({ metric: "late_total", matchers: [] }, 30, ["source_workload_name"]),
  "increase over a minute": { kind: "increase", selector: REQUESTS, windowSeconds: 60, by: ["class"] },
  "negative matchers": rate(
    {
      metric: "requests_total",
      matchers: [
        { label: "class", op: "!=", value: "2" },
        { label: "none", op: "!~", value: "x.+" },
      ],
    },
    60,
    ["cluster"],
  ),
  "label that is not there": instant("sum", REQUESTS, ["nothing", "class"]),
  p50: quantileOf(0.5, 30, []),
  "p95 by edge": quantileOf(0.95, 30, ["source_workload_name", "cluster"]),
  "p99 by target": quantileOf(0.99, 120, ["source_workload_name"]),
  [NOTHING]: rate({ metric: "missing_total", matchers: [] }, 30, []),
  union: {
    kind: "union",
    parts: {
      requests: rate(REQUESTS, 30, ["cluster"]),
      p95: quantileOf(0.95, 30, ["cluster"]),
      open: instant("sum", OPEN, ["cluster"]),
    },
  },
};

/** Every 7 s from before the first sample until after the last one has been forgotten. */
const TIMES = Array.from({ length: Math.floor((HISTORY_SECONDS + 50) / 7) }, (_, index) => START - 10 + index * 7);

describe.skipIf(binary === undefined)("embedded store and Prometheus", () => {
  let prometheus: TestPrometheus;
  let server: StoreServer;
  let sources: { embedded: MetricsSource; prometheus: MetricsSource };

  beforeAll(async () => {
    const scrapes = history(Math.round(START * 1000) + 77);
    const store = new MetricStore();
    for (const { target, at, values } of scrapes) {
      const writer = store.scrape(target, at);
      for (const [series, value] of values ?? []) writer.add(series, value);
      if (values === null) writer.fail();
      else writer.commit();
    }
    server = await serveStore(store, { host: "127.0.0.1", port: 0 });
    prometheus = await startPrometheus({ binary: binary ?? "", port: 28_510, config: "global: {}\n" });
    await remoteWrite(
      prometheus.url,
      asRemoteSeries(scrapes, (text) => parseLabels(text) ?? {}),
    );
    sources = {
      embedded: createEmbeddedSource({ url: server.url }),
      prometheus: createPrometheusSource({ url: prometheus.url, timeoutMs: 5000 }),
    };
  });

  afterAll(async () => {
    await server?.close();
    await prometheus?.close();
  });

  it.each(Object.entries(QUERIES))("agree on %s at every moment", async (name, query) => {
    let compared = 0;
    for (const at of TIMES) {
      const [ours, theirs] = await Promise.all([
        sources.embedded.instant(query, at),
        sources.prometheus.instant(query, at),
      ]);
      expectSame(ours.map(asSeries(at)), theirs.map(asSeries(at)));
      compared += theirs.length;
    }
    if (name !== NOTHING) expect(compared).toBeGreaterThan(20);
  });

  it.each(Object.entries(QUERIES))("agree on %s as a range", async (_name, query) => {
    const range = { start: START - 10, end: START + HISTORY_SECONDS + 40, stepSeconds: 5 };
    const [ours, theirs] = await Promise.all([
      sources.embedded.range(query, range),
      sources.prometheus.range(query, range),
    ]);
    expectSame(ours, theirs);
  });

  it("say so when they are not there", async () => {
    const query = instant("sum", REQUESTS, []);
    for (const source of [
      createEmbeddedSource({ url: "http://127.0.0.1:28599" }),
      createPrometheusSource({ url: "http://127.0.0.1:28599", timeoutMs: 1000 }),
    ]) {
      await expect(source.instant(query, START)).rejects.toMatchObject({ code: "upstream_unavailable" });
    }
  });

  it("say so when they are taken for each other", async () => {
    const query = instant("sum", REQUESTS, []);
    await expect(createEmbeddedSource({ url: prometheus.url }).instant(query, START)).rejects.toMatchObject({
      code: "upstream_malformed",
    });
    const wrong = createPrometheusSource({ url: server.url, timeoutMs: 1000 });
    await expect(wrong.instant(query, START)).rejects.toMatchObject({ code: "upstream_malformed" });
  });
});

const asSeries =
  (at: number) =>
  (sample: Sample): Series => ({ labels: sample.labels, points: [[at, sample.value]] });

function expectSame(ours: readonly Series[], theirs: readonly Series[]): void {
  const [a, b] = [byLabels(ours), byLabels(theirs)];
  expect([...a.keys()].sort()).toEqual([...b.keys()].sort());
  for (const [labels, points] of b) {
    const mine = a.get(labels) ?? [];
    expect(
      mine.map(([at]) => at.toFixed(3)),
      labels,
    ).toEqual(points.map(([at]) => at.toFixed(3)));
    for (const [index, [at, value]] of points.entries()) {
      const own = mine[index]?.[1] ?? null;
      if (value === null || own === null) expect(own, `${labels} at ${at}`).toBe(value);
      else
        expect(Math.abs(own - value), `${labels} at ${at}: ${own} and ${value}`).toBeLessThan(
          1e-9 + Math.abs(value) * 1e-9,
        );
    }
  }
}

function byLabels(all: readonly Series[]): Map<string, Series["points"]> {
  const key = (labels: Labels) => JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
  return new Map(all.map(({ labels, points }) => [key(labels), points]));
}
