import { describe, expect, it } from "vitest";
import type { StoreQuery } from "@/lib/metrics/query";
import { evaluate, evaluateRange } from "./evaluate";
import { MetricStore } from "./store";

const TARGET = { id: "pod", labels: { source: "web" } };

function scrape(store: MetricStore, at: number, values: Readonly<Record<string, number>>, target = TARGET): void {
  const writer = store.scrape(target, at * 1000);
  for (const [series, value] of Object.entries(values)) writer.add(series, value);
  writer.commit();
}

const sum = (metric: string, by: readonly string[] = []): StoreQuery => {
  return { kind: "instant", aggregation: "sum", selector: { metric, matchers: [] }, by };
};
const value = (store: MetricStore, at: number, metric = "a") => evaluate(store, sum(metric), at)[0]?.value;

describe("MetricStore", () => {
  it("answers the last value until a scrape has it no more", () => {
    const store = new MetricStore();
    scrape(store, 10, { a: 1 });
    scrape(store, 12, { a: 2, b: 5 });
    scrape(store, 14, { b: 6 });
    expect([value(store, 9), value(store, 11), value(store, 13), value(store, 14)]).toEqual([
      undefined,
      1,
      2,
      undefined,
    ]);
    expect(value(store, 14, "b")).toBe(6);
  });

  it("forgets a target that stopped without a word after five minutes", () => {
    const store = new MetricStore();
    scrape(store, 10, { a: 1 });
    expect(value(store, 309)).toBe(1);
    expect(value(store, 311)).toBeUndefined();
  });

  it("ends the series of a target that is gone, or that did not answer", () => {
    const store = new MetricStore();
    scrape(store, 10, { a: 1 });
    store.scrape(TARGET, 12_000).fail();
    expect([value(store, 12), value(store, 12, "up")]).toEqual([undefined, 0]);
    scrape(store, 14, { a: 2 });
    expect([value(store, 14), value(store, 14, "up")]).toEqual([2, 1]);
    store.retain(new Set(), 16_000);
    expect([value(store, 16), value(store, 16, "up")]).toEqual([undefined, undefined]);
  });

  it("puts the target's labels over the series' own", () => {
    const store = new MetricStore();
    scrape(store, 10, { 'a{source="own",x="1"}': 1 });
    expect(evaluate(store, sum("a", ["source", "exported_source", "x"]), 10)[0]?.labels).toEqual({
      source: "web",
      exported_source: "own",
      x: "1",
    });
  });

  it("takes a target whose labels changed as another one", () => {
    const store = new MetricStore();
    scrape(store, 10, { a: 1 });
    scrape(store, 12, { a: 5 }, { id: "pod", labels: { source: "renamed" } });
    expect(evaluate(store, sum("a", ["source"]), 12)).toEqual([{ labels: { source: "renamed" }, value: 5 }]);
    expect(evaluate(store, sum("a", ["source"]), 11)).toEqual([{ labels: { source: "web" }, value: 1 }]);
  });

  it("shows nothing of a scrape before it is committed", () => {
    const store = new MetricStore();
    const writer = store.scrape(TARGET, 10_000);
    writer.add("a", 1);
    expect(value(store, 10)).toBeUndefined();
    writer.commit();
    expect(value(store, 10)).toBe(1);
  });

  it("keeps the metrics it is told to, and no more series than it may", () => {
    const store = new MetricStore({ retentionSeconds: 60, maxSeries: 3, keep: ["a"] });
    scrape(store, 10, { a: 1, 'a{x="1"}': 1, b: 1, 'a{x="2"}': 1 });
    expect(store.stats()).toMatchObject({ targets: 1, series: 4 });
    scrape(store, 12, { 'a{x="3"}': 1 });
    expect(store.stats().refusedSamples).toBe(1);
    expect(evaluate(store, sum("b"), 10)).toEqual([]);
  });

  it("lets go of what is older than its retention, series and targets included", () => {
    const store = new MetricStore({ retentionSeconds: 600, maxSeries: 1000 });
    for (let at = 0; at < 4000; at += 2) scrape(store, at, { a: at, [`old{n="${at}"}`]: at });
    expect(store.stats().series).toBeLessThanOrEqual(302);
    expect(value(store, 3998)).toBe(3998);
    expect(value(store, 1000)).toBeUndefined();
    store.retain(new Set(), 4_000_000);
    store.retain(new Set(), 5_000_000);
    expect(store.stats()).toMatchObject({ targets: 0, series: 0 });
  });

  it("spends little on counters that stand still", () => {
    const store = new MetricStore();
    for (let at = 0; at < 3600; at += 2) scrape(store, at, { still: 7, moving: at });
    expect(store.stats().valueBytes).toBeLessThan(3 * 1800 * 8);
    expect(value(store, 1001, "still")).toBe(7);
  });

  it("stays in order when the clock goes back", () => {
    const store = new MetricStore();
    scrape(store, 10, { a: 1 });
    scrape(store, 5, { a: 2 });
    expect(value(store, 11)).toBe(2);
  });
});

describe("evaluate", () => {
  const store = new MetricStore();
  for (let at = 0; at <= 60; at += 2) scrape(store, at, { a: at < 30 ? 100 + at : at - 30 });
  const rate: StoreQuery = { kind: "rate", selector: { metric: "a", matchers: [] }, windowSeconds: 20, by: [] };

  it("counts on across a reset", () => {
    expect(evaluate(store, rate, 41)[0]?.value).toBeCloseTo((26 - 8) / 18 - 2 / 18, 1);
    expect(evaluate(store, rate, 61)[0]?.value).toBeCloseTo(1, 9);
  });

  it("leaves steps without a value out of a range", () => {
    const [series] = evaluateRange(store, rate, { start: -10, end: 10, stepSeconds: 2 });
    expect(series?.points.map(([at]) => at)).toEqual([2, 4, 6, 8, 10]);
  });

  it("names the parts of a union", () => {
    const parts = { one: sum("a") as never, two: sum("nothing") as never };
    expect(evaluate(store, { kind: "union", parts }, 60)).toEqual([{ labels: { part: "one" }, value: 30 }]);
  });
});
