import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import { ENVOY_POLICY_LABEL, PART_LABEL } from "@/lib/metrics/names";
import type { MetricQuery, Sample, Series } from "@/lib/metrics/query";
import { BOOKSTORE, modelOf } from "@/test/support/bookstore-mesh";
import { HourReader, type HourSources } from "./hour-usage";

const AT = 10_000_000;

function edge(name: string, cluster: string, value: number, part?: string): Sample {
  const labels = { source_namespace: name, source_workload_kind: "deployment", source_workload_name: name };
  return { labels: { ...labels, envoy_cluster_name: cluster, ...(part ? { [PART_LABEL]: part } : {}) }, value };
}

function sources(changes: Partial<HourSources> = {}) {
  let at = AT;
  let costs = 0;
  const instant = async (query: MetricQuery): Promise<Sample[]> => {
    at += costs;
    if (query.kind !== "union") return [edge("bookbuyer", "bookstore/bookstore-v1|14001", 3)];
    return [
      edge("bookbuyer", "bookstore/bookstore-v1|14001", 3, "total"),
      edge("bookbuyer", "bookstore/bookstore-v2|14001", 1, "total"),
      edge("bookbuyer", "bookstore/bookstore-v1|14001", 0, "rate"),
      edge("bookthief", "bookstore/bookstore-v1|14001", 9, "bytes"),
      edge("bookwarehouse", "bookwarehouse/stockdb|6379", 9, "bytes"),
    ];
  };
  const range = async (query: MetricQuery): Promise<Series[]> =>
    query.kind === "instant" && query.by.length === 0
      ? [{ labels: {}, points: [[AT / 1000 - 600, 5]] }]
      : [{ labels: { [ENVOY_POLICY_LABEL]: "a/b/c" }, points: [[AT / 1000 - 60, 1]] }];
  const metrics = { instant: vi.fn(instant), range: vi.fn(range) };
  const reader = new HourReader({
    mesh: async () => ({
      objects: EMPTY_OBJECTS,
      model: modelOf(BOOKSTORE),
      partial: [],
      meshConfig: null,
      deployments: [],
    }),
    metrics,
    controller: null,
    now: () => at,
    ...changes,
  });
  return { reader, metrics, pass: (ms: number) => (at += ms), slow: (ms: number) => (costs = ms) };
}

describe("HourReader", () => {
  it("says nothing is unused when it has observed for a moment only", async () => {
    const { reader, metrics } = sources();
    metrics.range.mockImplementation(async (query) =>
      query.kind === "instant" && query.by.length === 0
        ? [{ labels: {}, points: [[AT / 1000, 5]] }]
        : [{ labels: { [ENVOY_POLICY_LABEL]: "a/b/c" }, points: [[AT / 1000, 7]] }],
    );
    const { policies, calls } = await reader.read();
    expect([...(policies?.unsure ?? [])]).toEqual(["a/b/c"]);
    expect(calls?.size).toBe(3);
  });

  it("reads what was used: totals that grew, and bytes of TCP services only", async () => {
    const usage = await sources().reader.read();
    expect(usage.since).toBe(AT - 600_000);
    expect([...(usage.calls ?? [])].sort()).toEqual([
      "bookbuyer/deployment/bookbuyer>bookstore/bookstore-v2",
      "bookwarehouse/deployment/bookwarehouse>bookwarehouse/stockdb",
    ]);
    expect([...(usage.policies?.lastUsedAt ?? [])]).toEqual([["a/b/c", AT - 60_000]]);
  });

  it("asks once for everybody, and seldom", async () => {
    const { reader, metrics, pass } = sources();
    await Promise.all([reader.read(), reader.read()]);
    pass(29_000);
    await reader.read();
    expect(metrics.range).toHaveBeenCalledTimes(2);
    pass(2_000);
    await reader.read();
    expect(metrics.range).toHaveBeenCalledTimes(4);
  });

  it("leaves a slow store alone for twenty times as long as it took", async () => {
    const { reader, metrics, pass, slow } = sources();
    slow(5_000);
    await reader.read();
    pass(150_000);
    await reader.read();
    expect(metrics.range).toHaveBeenCalledTimes(2);
    pass(100_000);
    await reader.read();
    expect(metrics.range).toHaveBeenCalledTimes(4);
  });

  it("says what is away, and that nothing is known of it", async () => {
    const away = () => Promise.reject(new AppError("upstream_unavailable", "It is away.", { hint: "Start it." }));
    const { reader } = sources({ metrics: { instant: away, range: away }, controller: { callKinds: away } });
    const usage = await reader.read();
    expect(usage).toMatchObject({ policies: null, calls: null, kinds: null, since: AT });
    expect(usage.partial.map(({ part }) => part).sort()).toEqual(["controller", "metrics"]);
  });
});
