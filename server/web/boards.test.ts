import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { MetricQuery, MetricsSource, TimeRange } from "@/lib/metrics/query";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import { type BoardSources, boardData, type PanelFigures } from "./boards";
import { SharedAnswers } from "./boards-shared";

const requests = { kind: "series", source: { of: "measures", measures: ["requests"] } } as const;
const busiest = { kind: "top", source: { of: "measures", measures: ["requests"], by: "service" } } as const;
const split = {
  kind: "series",
  source: { of: "subject", subject: { kind: "split", split: "none/none" }, parts: ["requests"] },
} as const;
const board = (...panels: readonly object[]) => ({ range: "15m", panels }) as Parameters<typeof boardData>[0];

/** A store that has every metric at 7, for two services; and how often it was asked. */
function store() {
  const asked: string[] = [];
  const state = { away: false, now: 1_800_000_000_000 };
  const answer = (query: MetricQuery) => {
    if (state.away) throw new AppError("upstream_unavailable", "The store is away.", { hint: "Look." });
    if (query.kind !== "union") throw new Error("panels ask by unions");
    return Object.keys(query.parts).flatMap((part) =>
      ["shop/a|80", "shop/b|80"].map((cluster) => ({ part, envoy_cluster_name: cluster })),
    );
  };
  const metrics: MetricsSource = {
    async instant(query) {
      asked.push("instant");
      return answer(query).map((labels) => ({ labels, value: 7 }));
    },
    async range(query, range: TimeRange) {
      asked.push("range");
      const only = answer(query).slice(0, 1);
      return only.map((labels) => ({ labels, points: [[range.end, 7] as const] }));
    },
  };
  const sources: BoardSources = {
    metrics,
    mesh: async () => {
      const none: never[] = [];
      return { objects: { trafficSplits: none } } as unknown as Awaited<ReturnType<BoardSources["mesh"]>>;
    },
    telemetry: async () => MESHDECK_TELEMETRY,
    panels: new SharedAnswers<PanelFigures>({ most: 50, atOnce: 4 }),
    now: () => state.now,
  };
  return { asked, state, sources };
}

describe("the figures of a board", () => {
  it("come in the panels' order, lines with gaps and lists with one value each", async () => {
    const { sources } = store();
    const { panels, stepSeconds } = await boardData(board(requests, busiest), sources);
    expect(panels.map(({ series }) => series.map(({ label }) => label))).toEqual([["requests"], ["shop/a", "shop/b"]]);
    expect(panels[0]?.series[0]?.values).toHaveLength(Math.floor(900 / stepSeconds) + 1);
    expect(panels[0]?.series[0]?.values.slice(-2)).toEqual([null, 7]);
    expect(panels[1]?.series[0]?.values).toEqual([7]);
  });

  it("are asked for once for all who look at the same step, and anew at the next", async () => {
    const { asked, state, sources } = store();
    const first = boardData(board(requests, requests, busiest), sources);
    const second = boardData(board(requests), sources);
    expect((await first).queries.count).toBe(2);
    expect((await second).queries.count).toBe(0);
    expect(asked).toHaveLength(2);
    state.now += 10_000;
    expect((await boardData(board(requests), sources)).queries.count).toBe(1);
  });

  it("leave the other panels as they are when one cannot be", async () => {
    const { sources } = store();
    const { panels, partial } = await boardData(board(split, requests), sources);
    expect(panels[0]?.error?.message).toBe("There is no TrafficSplit none/none with backends.");
    expect(panels[1]).toMatchObject({ error: null, total: 1 });
    expect(partial).toEqual([]);
  });

  it("are the last good ones while the store is away, with when they are from", async () => {
    const { state, sources } = store();
    const good = await boardData(board(requests), sources);
    state.away = true;
    state.now += 60_000;
    const { panels, partial } = await boardData(board(requests, busiest), sources);
    expect(panels[0]).toMatchObject({
      at: good.at,
      series: good.panels[0]?.series,
      error: { message: "The store is away." },
    });
    expect(panels[1]).toMatchObject({ series: [], error: { hint: "Look." } });
    expect(partial).toEqual([
      { part: "metrics", message: "The store is away.", hint: "Look.", lastGoodAt: good.at, reason: "away" },
    ]);
  });
});
