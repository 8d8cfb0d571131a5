/** The figures of a panel as the lines of a chart. */
import { type ChartLine, isBand, lineInk } from "@/lib/charts/chart-line";
import type { ChartUnit } from "@/lib/charts/quantity";
import type { PanelData } from "@/lib/contract/boards";

const SECOND_SIGN = new Set(["errors", "denied", "received", "reset by the caller", "timeouts"]);

export interface PanelLines {
  readonly unit: ChartUnit;
  /** Unix milliseconds, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  /** The lines are p50, p95 and p99. */
  readonly band: boolean;
}

export function panelLines(data: PanelData): PanelLines {
  const taken = new Set<string>();
  const lines = data.series.map(({ label, values }, index) => {
    const ink = lineInk(label, index);
    // Two lines of one colour are told apart by their stroke.
    const dashed = SECOND_SIGN.has(label) || taken.has(ink);
    taken.add(ink);
    return { id: `${index} ${label}`, label, ink, values, dashed };
  });
  return { unit: data.series[0]?.unit ?? "count", times: panelTimes(data), lines, band: isBand(lines) };
}

function panelTimes({ at, stepSeconds, series }: PanelData): readonly number[] {
  const count = Math.max(0, ...series.map(({ values }) => values.length));
  return Array.from({ length: count }, (_, index) => at - (count - 1 - index) * stepSeconds * 1000);
}

/** Whether anything was measured at all. */
export function isEmpty(data: PanelData): boolean {
  return data.series.every(({ values }) => values.every((value) => value === null));
}
