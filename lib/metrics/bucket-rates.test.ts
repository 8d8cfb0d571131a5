import { expect, it } from "vitest";
import { quantilesOf } from "./bucket-rates";
import { chartQuery } from "./chart-queries";
import { quantile } from "./quantile";
import type { QuantileQuery, Reads, Sample, Series, StoreQuery, TimeRange } from "./query";

const RANGE: TimeRange = { start: 100, end: 110, stepSeconds: 10 };
const latency = (of: number, by: readonly string[] = []): QuantileQuery => {
  return { kind: "quantile", quantile: of, selector: { metric: "took_bucket", matchers: [] }, windowSeconds: 30, by };
};

/** A store that answers rows, and what it was asked. */
function store(rows: readonly Series[]) {
  const asked: StoreQuery[] = [];
  const reads: Reads<StoreQuery> = {
    async instant(query) {
      asked.push(query);
      return rows.map(({ labels, points }): Sample => ({ labels, value: points.at(-1)?.[1] ?? null }));
    },
    async range(query) {
      asked.push(query);
      return rows;
    },
  };
  return { asked, source: quantilesOf(reads) };
}

const bucket = (labels: Record<string, string>, ...points: [number, number | null][]): Series => ({ labels, points });
const list = (...counts: [number, number][]) => counts.map(([bound, count]) => ({ upperBound: bound, count }));

it("asks for a chart's bucket rates once, whatever the number of its percentiles", async () => {
  const { asked, source } = store([]);
  await source.range(chartQuery({ kind: "service", service: "shop/db" }, 30), RANGE);
  const [query] = asked;
  if (query?.kind !== "union") throw new Error("a chart is asked for in one union");
  expect(asked).toHaveLength(1);
  expect(Object.keys(query.parts)).not.toContain("p99");
  expect(query.parts.p50).toMatchObject({ kind: "rate", by: ["le"] });
  expect(Object.values(query.parts).every(({ kind }) => kind !== ("quantile" as string))).toBe(true);
});

it("makes one line of each histogram and percentile, moment by moment, and leaves other rows as they are", async () => {
  const requests = bucket({ part: "requests", service: "a" }, [100, 7]);
  const { asked, source } = store([
    requests,
    bucket({ part: "p50", service: "a", le: "+Inf" }, [100, 10], [110, 4]),
    bucket({ part: "p50", service: "a", le: "5" }, [100, 4], [110, 0]),
    bucket({ part: "p50", service: "a", le: "10" }, [100, 8], [110, 4]),
    bucket({ part: "p50", service: "b", le: "5" }, [110, 0]),
    bucket({ part: "p50", service: "b", le: "+Inf" }, [110, 0]),
    bucket({ part: "p50", service: "c", le: "none" }, [110, 1]),
  ]);
  const by = ["service"];
  const other = latency(0.9, []);
  const parts = {
    requests: { ...latency(0), kind: "rate" as const, by },
    p50: latency(0.5, by),
    p99: latency(0.99, by),
  };
  const rows = await source.range({ kind: "union", parts: { ...parts, other } }, RANGE);
  expect(Object.keys((asked[0] as Extract<StoreQuery, { kind: "union" }>).parts)).toEqual(["requests", "p50", "other"]);
  const first = list([5, 4], [10, 8], [Number.POSITIVE_INFINITY, 10]);
  const second = list([5, 0], [10, 4], [Number.POSITIVE_INFINITY, 4]);
  const line = (part: string, q: number): Series => ({
    labels: { part, service: "a" },
    points: [
      [100, quantile(q, first)],
      [110, quantile(q, second)],
    ],
  });
  expect(rows).toEqual([
    requests,
    line("p50", 0.5),
    line("p99", 0.99),
    { labels: { part: "p50", service: "b" }, points: [[110, null]] },
    { labels: { part: "p99", service: "b" }, points: [[110, null]] },
  ]);
});

it("answers one percentile of one moment without a part", async () => {
  const { source } = store([
    bucket({ le: "5", service: "a" }, [100, 4]),
    bucket({ le: "+Inf", service: "a" }, [100, 4]),
  ]);
  expect(await source.instant(latency(0.5, ["service"]), 100)).toEqual([{ labels: { service: "a" }, value: 2.5 }]);
});

it("leaves questions without percentiles alone", async () => {
  const rows = [bucket({ le: "5" }, [100, 4])];
  const { asked, source } = store(rows);
  const rates = { ...latency(0), kind: "rate" as const, by: ["le"] };
  expect(await source.range(rates, RANGE)).toBe(rows);
  expect(asked[0]).toBe(rates);
});
