import { expect, it, vi } from "vitest";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import { MESHDECK_TELEMETRY } from "@/lib/metrics/telemetry/meshdeck";
import { modelOf } from "@/test/support/bookstore-mesh";
import { readServiceTrends } from "./service-trends";

it("sums callers and answers of each service on one grid, with one query", async () => {
  const labels = (cluster: string, from: string) => ({
    envoy_cluster_name: cluster,
    source_namespace: "a",
    source_workload_kind: "deployment",
    source_workload_name: from,
    envoy_response_code_class: "2",
  });
  const end = 45 * 100;
  const range = vi.fn(async () => [
    {
      labels: labels("shop/store|80", "x"),
      points: [
        [end - 45, 1],
        [end, 2],
      ] as [number, number][],
    },
    { labels: labels("shop/store|80", "y"), points: [[end, 3]] as [number, number][] },
    { labels: labels("shop/store|80|local", "y"), points: [[end, 9]] as [number, number][] },
  ]);
  const mesh = {
    objects: EMPTY_OBJECTS,
    model: modelOf(EMPTY_OBJECTS),
    meshConfig: null,
    deployments: [],
    partial: [],
  };
  const trends = await readServiceTrends({
    mesh: async () => mesh,
    metrics: { range, instant: vi.fn() },
    telemetry: async () => MESHDECK_TELEMETRY,
    now: () => end * 1000 + 1,
  });
  expect(range).toHaveBeenCalledTimes(1);
  expect(Object.keys(trends.services)).toEqual(["shop/store"]);
  expect(trends.services["shop/store"]).toHaveLength(21);
  expect(trends.services["shop/store"]?.slice(-3)).toEqual([null, 1, 5]);
});
