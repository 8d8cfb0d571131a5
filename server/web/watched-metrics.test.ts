import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import type { MetricQuery } from "@/lib/metrics/query";
import { scannedAtOnce } from "@/lib/metrics/scan";
import { watchMetrics } from "./watched-metrics";

const QUERY: MetricQuery = { kind: "instant", aggregation: "sum", selector: { metric: "up", matchers: [] }, by: [] };
const away = new AppError("upstream_timeout", "It did not answer.", { hint: "Look at it." });

function watched(answer: () => Promise<[]>) {
  let at = 1_000;
  const instant = vi.fn(answer);
  const metrics = watchMetrics(scannedAtOnce({ instant, range: vi.fn(answer) }), () => at);
  return { metrics, instant, pass: (ms: number) => (at += ms) };
}

describe("watchMetrics", () => {
  it("asks by itself only when nobody did for a while", async () => {
    const { metrics, instant, pass } = watched(async () => []);
    await metrics.source.instant(QUERY, 1);
    pass(4_000);
    expect(await metrics.partial()).toEqual([]);
    expect(instant).toHaveBeenCalledTimes(1);
    pass(4_000);
    expect(await metrics.partial()).toEqual([]);
    expect(instant).toHaveBeenCalledTimes(2);
  });

  it("says since when a store is away, and that it is back", async () => {
    let works = true;
    const { metrics, pass } = watched(() => (works ? Promise.resolve([]) : Promise.reject(away)));
    await metrics.source.instant(QUERY, 1);
    works = false;
    pass(500);
    await expect(metrics.source.instant(QUERY, 1)).rejects.toBe(away);
    const said = {
      part: "metrics",
      message: "It did not answer.",
      hint: "Look at it.",
      lastGoodAt: 1_000,
      reason: "away",
    };
    expect(await metrics.partial()).toEqual([said]);
    works = true;
    pass(6_000);
    expect(await metrics.partial()).toEqual([]);
  });

  it("takes a refused question and one nobody waits for any more as no word about the store", async () => {
    let fails: Error | null = null;
    const { metrics } = watched(() => (fails ? Promise.reject(fails) : Promise.resolve([])));
    await metrics.source.instant(QUERY, 1);
    for (const error of [new AppError("invalid_request", "Too much."), new DOMException("gone", "AbortError")]) {
      fails = error;
      await expect(metrics.source.instant(QUERY, 1)).rejects.toBe(error);
      expect(await metrics.partial()).toEqual([]);
    }
  });
});
