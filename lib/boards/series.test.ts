import { describe, expect, it } from "vitest";
import type { MeasuresSource } from "./panel";
import { MOST_SERIES, panelSeries, type Row } from "./series";

const source = (rest: Partial<MeasuresSource>): MeasuresSource => ({ of: "measures", measures: ["requests"], ...rest });
const row = (part: string, values: (number | null)[], labels: Record<string, string> = {}): Row => ({
  labels: { part, ...labels },
  values,
});

describe("the lines of a panel", () => {
  it("are called by their measure, in the order asked for", () => {
    const { series } = panelSeries(
      source({ measures: ["requests", "errors"] }),
      [row("errors", [1]), row("requests", [2])],
      [0],
    );
    expect(series.map(({ label, values }) => [label, ...values])).toEqual([
      ["requests", 2],
      ["errors", 1],
    ]);
  });

  it("are shares of what there was: none failed where nothing was counted, unknown where nothing was called", () => {
    const rows = [row("requests", [10, 0, null, 4]), row("errors", [1, null, null, null])];
    expect(panelSeries(source({ measures: ["errorRatio"] }), rows, [0, 1, 2, 3]).series[0]?.values).toEqual([
      0.1,
      null,
      null,
      0,
    ]);
    const quiet = panelSeries(source({ measures: ["errorRatio"] }), [row("requests", [10])], [0]);
    expect(quiet.series[0]?.values).toEqual([0]);
  });

  it("are named by service, by port where a service has two, and the largest are kept", () => {
    const rows = [
      row("requests", [1], { envoy_cluster_name: "shop/a|80" }),
      row("requests", [5], { envoy_cluster_name: "shop/b|80" }),
      row("requests", [3], { envoy_cluster_name: "shop/b|81" }),
      ...Array.from({ length: 20 }, (_, n) => row("requests", [0.1], { envoy_cluster_name: `shop/s${n}|80` })),
    ];
    const { series, total } = panelSeries(source({ by: "service" }), rows, [0]);
    expect(total).toBe(23);
    expect(series).toHaveLength(MOST_SERIES);
    expect(series.slice(0, 3).map(({ label }) => label)).toEqual(["shop/b shop/b|80", "shop/b shop/b|81", "shop/a"]);
  });

  it("are workloads without their kind, and what is left of a certificate at each time", () => {
    const labels = { source_namespace: "shop", source_workload_kind: "deployment", source_workload_name: "till" };
    expect(panelSeries(source({ by: "workload" }), [row("requests", [1], labels)], [0]).series[0]?.label).toBe(
      "shop/till",
    );
    const left = panelSeries(
      source({ measures: ["certificateLeft"] }),
      [row("certificateLeft", [1000, 1000])],
      [900, 950],
    );
    expect(left.series[0]?.values).toEqual([100, 50]);
  });
});
