import { type ChartLine, isBand, lineInk } from "@/lib/charts/chart-line";
import type { Chart, ChartSeries } from "@/lib/contract/charts";
import type { TimeChartProps } from "./time-chart";

const TITLE: Readonly<Record<ChartSeries["unit"], string>> = {
  "per-second": "Requests",
  ms: "Latency",
  "bytes-per-second": "Bytes",
};
/** The grid of a chart: every time from its start to its end, whether or not a series has a value there. Unix milliseconds. */
export function chartTimes(chart: Chart): readonly number[] {
  const all = new Set(chart.series.flatMap((series) => series.points.map(([at]) => at)));
  return [...all].sort((a, b) => a - b);
}

/** A series' values on the grid; null where it has none. */
export function valuesOn(times: readonly number[], series: ChartSeries): readonly (number | null)[] {
  const byTime = new Map(series.points);
  return times.map((at) => byTime.get(at) ?? null);
}

/** One chart per unit, in the order of their first series; percentiles become a band. */
export function chartsByUnit(
  chart: Chart,
): readonly Pick<TimeChartProps, "title" | "unit" | "times" | "lines" | "band">[] {
  const times = chartTimes(chart);
  const units = [...new Set(chart.series.map((series) => series.unit))];
  return units.map((unit) => {
    const lines = chart.series
      .filter((series) => series.unit === unit)
      .map(
        (series, index): ChartLine => ({
          id: series.name,
          label: series.name,
          ink: lineInk(series.name, index),
          values: valuesOn(times, series),
          dashed: series.name === "errors" || series.name === "denied",
        }),
      );
    return { title: TITLE[unit], unit, times, lines, band: isBand(lines) };
  });
}
