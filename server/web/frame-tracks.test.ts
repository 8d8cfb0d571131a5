import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import type { TimeRange } from "@/lib/metrics/query";
import { scannedAtOnce } from "@/lib/metrics/scan";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import { frameGrid } from "@/lib/time/frame-grid";
import { directoryOf } from "@/lib/topology/directory";
import { FRAME_VALUES } from "@/lib/topology/frame-codes";
import { FrameTracks } from "./frame-tracks";

const LABELS = {
  source_namespace: "shop",
  source_workload_kind: "deployment",
  source_workload_name: "web",
  envoy_cluster_name: "shop/api|80",
  envoy_response_code_class: "2",
};

/** A store whose only edge has its unix time as its rate. */
function setup() {
  const asked: TimeRange[] = [];
  const store = { away: false, slow: false };
  const metrics = scannedAtOnce({
    instant: async () => [],
    range: async (query, range) => {
      if (store.away) throw new Error("away");
      const buckets = query.kind !== "union" && query.kind !== "instant" && query.by.includes("le");
      if (store.slow && buckets) throw new AppError("upstream_timeout", "It took too long.");
      if (query.kind === "union" || query.kind === "instant" || query.by.includes("le")) return [];
      if (!query.by.includes("envoy_response_code_class")) return [];
      asked.push(range);
      const points: [number, number][] = [];
      for (let at = range.start; at <= range.end; at += range.stepSeconds) points.push([at, at]);
      return [{ labels: LABELS, points }];
    },
  });
  const tracks = new FrameTracks(() => 0);
  const sources = {
    metrics,
    telemetry: MESHDECK_TELEMETRY,
    directory: directoryOf(EMPTY_OBJECTS),
    protocolOf: () => null,
  };
  const get = (endSeconds: number, live = true) =>
    tracks.get(sources, frameGrid({ endSeconds, rangeSeconds: 60, stepSeconds: 10, windowSeconds: 30 }), live);
  const rates = async (endSeconds: number) => {
    const { frames } = await get(endSeconds);
    const codes = frames.edges.get("shop/deployment/web>shop/api")?.codes.requestsPerSecond ?? [];
    return Array.from(codes, (code) => Math.round(FRAME_VALUES[code] ?? 0));
  };
  return { asked, store, get, rates };
}

describe("FrameTracks", () => {
  it("asks once for everybody who looks at the same grid", async () => {
    const { asked, get } = setup();
    const [one, other] = await Promise.all([get(1000), get(1009)]);
    expect(one).toBe(other);
    expect(await get(1009)).toBe(one);
    expect(asked).toEqual([{ start: 940, end: 1000, stepSeconds: 10 }]);
  });

  it("asks for the newest frames only once the grid has moved on, and again for the last it had", async () => {
    const { asked, rates } = setup();
    expect(await rates(1000)).toEqual([940, 950, 960, 970, 980, 990, 1000]);
    expect(await rates(1020)).toEqual([960, 970, 980, 990, 1000, 1010, 1020]);
    expect(asked[1]).toEqual({ start: 990, end: 1020, stepSeconds: 10 });
  });

  it("leaves percentiles out, and says so, when the store takes too long for them", async () => {
    const { store, rates, get } = setup();
    store.slow = true;
    expect(await rates(1000)).toEqual([940, 950, 960, 970, 980, 990, 1000]);
    const { partial } = await get(1000);
    expect(partial).toMatchObject([{ part: "metrics", reason: "slow" }]);
    store.slow = false;
    expect((await get(1020)).partial).toEqual([]);
  });

  it("asks for everything after a long pause, and after a store that was away", async () => {
    const { asked, store, rates, get } = setup();
    await rates(1000);
    expect(await rates(2000)).toEqual([1940, 1950, 1960, 1970, 1980, 1990, 2000]);
    store.away = true;
    await expect(get(2010)).rejects.toThrow("away");
    store.away = false;
    await rates(2010);
    expect(asked.map(({ start }) => start)).toEqual([940, 1940, 1950]);
  });

  it("keeps ranges of the past beside the one of now", async () => {
    const { asked, get } = setup();
    const past = await get(500, false);
    await get(1000);
    await get(1010);
    expect(await get(500, false)).toBe(past);
    expect(asked).toHaveLength(3);
  });
});
