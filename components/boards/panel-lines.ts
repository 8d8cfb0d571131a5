import { lineInk } from "@/components/charts/chart-lines";
import type { TimeChartProps } from "@/components/charts/time-chart";
import type { PanelData } from "@/lib/contract/boards";

const PERCENTILES = ["p50", "p95", "p99"];
const SECOND_SIGN = new Set(["errors", "denied", "received", "reset by the caller", "timeouts"]);

/** Times of a panel's values, unix milliseconds. */
export function panelTimes({ at, stepSeconds, series }: PanelData): readonly number[] {
  const count = Math.max(0, ...series.map(({ values }) => values.length));
  return Array.from({ length: count }, (_, index) => at - (count - 1 - index) * stepSeconds * 1000);
}

/** A panel's series as a chart's lines; percentiles become a band. */
export function panelLines(data: PanelData): Pick<TimeChartProps, "unit" | "times" | "lines" | "band"> {
  const taken = new Set<string>();
  const lines = data.series.map(({ label, values }, index) => {
    const ink = lineInk(label, index);
    // Two lines of one colour are told apart by their stroke.
    const dashed = SECOND_SIGN.has(label) || taken.has(ink);
    taken.add(ink);
    return { id: `${index} ${label}`, label, ink, values, dashed };
  });
  const band = lines.length === 3 && PERCENTILES.every((name, index) => lines[index]?.label === name);
  return { unit: data.series[0]?.unit ?? "count", times: panelTimes(data), lines, band };
}

/** Whether anything was measured at all. */
export function isEmpty(data: PanelData): boolean {
  return data.series.every(({ values }) => values.every((value) => value === null));
}
