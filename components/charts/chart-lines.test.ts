import { expect, test } from "vitest";
import type { Chart } from "@/lib/contract/charts";
import { chartsByUnit } from "./chart-lines";

const chart: Chart = {
  at: 30,
  stepSeconds: 10,
  rangeSeconds: 30,
  queries: { count: 1, ms: 1 },
  series: [
    {
      name: "requests",
      unit: "per-second",
      subject: null,
      points: [
        [10, 1],
        [20, 2],
        [30, 3],
      ],
    },
    { name: "errors", unit: "per-second", subject: null, points: [[30, 1]] },
    ...["p50", "p95", "p99"].map((name) => ({
      name,
      unit: "ms" as const,
      subject: null,
      points: [
        [10, 5],
        [20, null],
      ] as [number, number | null][],
    })),
  ],
};

test("one chart per unit, on one grid, with gaps where nothing was measured", () => {
  const [requests, latency] = chartsByUnit(chart);
  expect(requests?.lines.map((line) => line.values)).toEqual([
    [1, 2, 3],
    [null, null, 1],
  ]);
  expect(requests?.band).toBe(false);
  expect(latency?.band).toBe(true);
  expect(latency?.lines[0]?.values).toEqual([5, null, null]);
});
