/** One suite of typed queries: the embedded store and the real ones answer the same numbers. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Labels, MetricsSource, Sample, Series } from "@/lib/metrics/query";
import { askAbout } from "@/server/metrics/about-store";
import { openDoor } from "@/server/metrics/access";
import { type StoreServer, serveStore } from "@/server/metrics/embedded/http";
import { parseLabels } from "@/server/metrics/embedded/parse";
import { createEmbeddedSource } from "@/server/metrics/embedded/source";
import { MetricStore } from "@/server/metrics/embedded/store";
import { createPrometheusSource } from "@/server/metrics/prometheus";
import { asRemoteSeries, HISTORY_SECONDS, history } from "./metrics-history";
import { instant, NOTHING, QUERIES, REQUESTS, START, settledMoments, TIMES } from "./metrics-queries";
import { REAL_STORES, type RunningStore } from "./real-stores";

/** Of stores that take rates between other samples, and only where every series goes on; what is no rate is exact. */
const TOLERANCE = 0.02;

describe.each(REAL_STORES)("embedded store and $name", ({ binary, exact, access, says, start }) => {
  describe.skipIf(binary === null)("side by side", () => {
    const scrapes = history(Math.round(START * 1000) + 77, exact ? "rough" : "even");
    const remote = asRemoteSeries(scrapes, (text) => parseLabels(text) ?? {});
    let real: RunningStore;
    let server: StoreServer;
    let sources: { readonly embedded: MetricsSource; readonly real: MetricsSource };

    beforeAll(async () => {
      const store = new MetricStore();
      for (const { target, at, values } of scrapes) {
        const writer = store.scrape(target, at);
        for (const [series, value] of values ?? []) writer.add(series, value);
        if (values === null) writer.fail();
        else writer.commit();
      }
      server = await serveStore(store, { host: "127.0.0.1", port: 0 });
      real = await start({ port: 28_510, config: "global: {}\n" });
      await real.write(remote);
      sources = {
        embedded: createEmbeddedSource({ url: server.url }),
        real: createPrometheusSource({ url: real.url, timeoutMs: 5000, access }),
      };
    });

    afterAll(async () => {
      await server?.close();
      await real?.close();
    });

    it.each(Object.entries(QUERIES))("agree on %s at every moment", async (name, query) => {
      const comparison = new Comparison(exact ? null : settledMoments(query, remote));
      for (const at of TIMES) {
        const [ours, theirs] = await Promise.all([
          sources.embedded.instant(query, at),
          sources.real.instant(query, at),
        ]);
        comparison.add(ours.map(asSeries(at)), theirs.map(asSeries(at)));
      }
      if (name !== NOTHING) expect(comparison.compared).toBeGreaterThan(20);
    });

    it.each(Object.entries(QUERIES))("agree on %s as a range", async (_name, query) => {
      const range = { start: START - 10, end: START + HISTORY_SECONDS + 40, stepSeconds: 5 };
      const [ours, theirs] = await Promise.all([
        sources.embedded.range(query, range),
        sources.real.range(query, range),
      ]);
      new Comparison(exact ? null : settledMoments(query, remote)).add(ours, theirs);
    });

    it("the real one says which version it is, if it can", async () => {
      const said = await askAbout({ url: real.url, door: openDoor(access), timeoutMs: 5_000 });
      expect(said).toEqual({
        application: says.application,
        version: says.version ? expect.any(String) : null,
        retention: says.retention ? expect.stringMatching(/\d/) : null,
      });
    });

    if (Object.keys(access.headers).length > 0) {
      it("the real one refuses who does not say whose samples they want, and the headers' variable is named", async () => {
        const stranger = createPrometheusSource({ url: real.url, timeoutMs: 5000 });
        await expect(stranger.instant(instant("sum", REQUESTS, []), START)).rejects.toMatchObject({
          code: "upstream_unavailable",
          hint: expect.stringContaining("MESHDECK_METRICS_HEADERS"),
        });
      });
    }

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
      await expect(createEmbeddedSource({ url: real.url }).instant(query, START)).rejects.toMatchObject({
        code: "upstream_malformed",
      });
      const wrong = createPrometheusSource({ url: server.url, timeoutMs: 1000 });
      await expect(wrong.instant(query, START)).rejects.toMatchObject({ code: "upstream_malformed" });
    });
  });
});

const asSeries =
  (at: number) =>
  (sample: Sample): Series => ({ labels: sample.labels, points: [[at, sample.value]] });

/** Of two stores' answers. */
class Comparison {
  /** Points that both had. */
  compared = 0;

  /** `settled`: moments (unix seconds) that are compared, with a tolerance; null: all, to the last digit. */
  constructor(private readonly settled: ((at: number) => boolean) | null) {}

  add(ours: readonly Series[], theirs: readonly Series[]): void {
    const [a, b] = [this.points(ours), this.points(theirs)];
    expect([...a.keys()].sort()).toEqual([...b.keys()].sort());
    for (const [point, value] of b) {
      const own = a.get(point) ?? null;
      this.compared += 1;
      if (value === null || own === null) expect(own, point).toBe(value);
      else {
        const tolerance = this.settled === null ? 1e-9 : TOLERANCE;
        const most = 1e-9 + Math.abs(value) * tolerance;
        expect(Math.abs(own - value), `${point}: ${own} and ${value}`).toBeLessThanOrEqual(most);
      }
    }
  }

  /** By labels and moment. */
  private points(all: readonly Series[]): Map<string, number | null> {
    const key = (labels: Labels) => JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    return new Map(
      all.flatMap(({ labels, points }) =>
        points
          .filter(([at]) => this.settled?.(at) ?? true)
          .map(([at, value]): [string, number | null] => [`${key(labels)} at ${(at - START).toFixed(3)}`, value]),
      ),
    );
  }
}
