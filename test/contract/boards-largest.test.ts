/** A panel by service on a mesh of many: real stores send the course of what is drawn, and no more than that of the rest is lost. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measuresQuery } from "@/lib/boards/measure-query";
import type { MeasuresSource } from "@/lib/boards/panel";
import { MOST_SERIES, panelSeries } from "@/lib/boards/series";
import type { MetricsSource } from "@/lib/metrics/query";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { boardData, type PanelFigures } from "@/server/web/boards";
import { SharedAnswers } from "@/server/web/boards-shared";
import { rangeOf, rateWindowSeconds } from "@/server/web/charts";
import type { RemoteSeries } from "../support/remote-write";
import { REAL_STORES, type RunningStore } from "./real-stores";

const SERVICES = 60;
const BOUNDS = ["1", "5", "25", "100", "+Inf"];
const RANGE = "5m";
const NOW = Math.floor(Date.now() / 10_000) * 10_000 - 20_000;

const SOURCES: readonly MeasuresSource[] = [
  { of: "measures", measures: ["p50"], by: "service" },
  { of: "measures", measures: ["errorRatio"], by: "service" },
  { of: "measures", measures: ["requests", "errors"], by: "workload" },
  { of: "measures", measures: ["requests"], by: "namespace" },
];

describe.each(REAL_STORES)("the largest of $name", ({ binary, access, start }) => {
  describe.skipIf(binary === null)("on a mesh of many services", () => {
    let real: RunningStore;
    let store: MetricsSource;
    beforeAll(async () => {
      real = await start({ port: 28_740, config: "global: {}\n" });
      await real.write(manyServices());
      store = createPrometheusSource({ url: real.url, timeoutMs: 5_000, access });
    });
    afterAll(() => real?.close());

    it.each(SOURCES)("are drawn as they would be of all: %j", async (source) => {
      const range = rangeOf({ range: RANGE }, NOW);
      const query = measuresQuery(source, rateWindowSeconds(range));
      const { end, stepSeconds } = range;
      const times = Array.from(
        { length: (end - range.start) / stepSeconds + 1 },
        (_, n) => range.start + n * stepSeconds,
      );
      const all = (await store.range(query, range)).map(({ labels, points }) => {
        const values = new Map(points);
        return { labels, values: times.map((at) => values.get(at) ?? null) };
      });
      const expected = panelSeries(source, all, times);
      expect(expected.total).toBeGreaterThan(MOST_SERIES);

      const { rows, metrics } = counted(store);
      const { panels } = await boardData({ range: RANGE, panels: [{ kind: "series", source }] }, sourcesOf(metrics));
      expect(panels[0]?.error).toBeNull();
      expect(drawn(panels[0])).toEqual(drawn(expected));
      expect([rows.instant.length, rows.range.length]).toEqual([1, 1]);
      expect(rows.range[0]).toBeLessThanOrEqual(2 * MOST_SERIES);
    });
  });
});

/** Each service slower, busier and more broken than the one before, from a workload of its own, and two in five silent of errors. */
function manyServices(): readonly RemoteSeries[] {
  const times = Array.from({ length: 50 }, (_, n) => NOW - 490_000 + n * 10_000);
  const counter = (metric: string, labels: Record<string, string>, perStep: number): RemoteSeries => ({
    metric,
    labels,
    samples: times.map((at, step) => [at, perStep * step] as const),
  });
  return Array.from({ length: SERVICES }, (_, n) => {
    const labels = {
      envoy_cluster_name: `shop-${n % 7}/service.${n}|80`,
      source_namespace: `from-${n % 15}`,
      source_workload_kind: "deployment",
      source_workload_name: `caller-${n % 30}`,
      source_pod_name: `caller-${n}-x`,
    };
    const buckets = BOUNDS.map((le, at) =>
      counter(
        "envoy_cluster_upstream_rq_time_bucket",
        { ...labels, le },
        (100 * (at + 1)) / (BOUNDS.length + (at < 4 ? n / 40 : 0)),
      ),
    );
    const byClass = (envoy_response_code_class: string, perStep: number) =>
      counter("envoy_cluster_upstream_rq_xx", { ...labels, envoy_response_code_class }, perStep);
    return [...buckets, byClass("2", 10 + n), ...(n % 5 < 2 ? [] : [byClass("5", n)])];
  }).flat();
}

/** A sum's last digits are as the store adds them up. */
function drawn(panel: Pick<PanelFigures, "series" | "total"> | undefined): unknown {
  const series = panel?.series.map((line) => ({
    ...line,
    values: line.values.map((value) => (value === null ? null : Number(value.toPrecision(9)))),
  }));
  return { total: panel?.total, series };
}

function counted(store: MetricsSource): {
  readonly rows: { readonly instant: number[]; readonly range: number[] };
  readonly metrics: MetricsSource;
} {
  const rows = { instant: [] as number[], range: [] as number[] };
  const metrics: MetricsSource = {
    async instant(...asked) {
      const answer = await store.instant(...asked);
      rows.instant.push(answer.length);
      return answer;
    },
    async range(...asked) {
      const answer = await store.range(...asked);
      rows.range.push(answer.length);
      return answer;
    },
  };
  return { rows, metrics };
}

function sourcesOf(metrics: MetricsSource): Parameters<typeof boardData>[1] {
  return {
    metrics,
    mesh: () => Promise.reject(new Error("no panel of a subject is asked for")),
    telemetry: async () => MESHDECK_TELEMETRY,
    panels: new SharedAnswers<PanelFigures>({ most: 10, atOnce: 4 }),
    now: () => NOW,
  };
}
