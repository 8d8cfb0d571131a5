"use client";
import { useMemo } from "react";
import { TimeChart, type TimeChartProps } from "@/components/charts/time-chart";
import type { Panel } from "@/lib/boards/panel";
import { panelLines } from "@/lib/boards/panel-lines";
import type { PanelData } from "@/lib/contract/boards";
import { textWidth } from "@/lib/picture/text-width";

/** Border, padding, title and axis. */
const AROUND_PX = 46;
const LEGEND_LINE_PX = 16;
/** A line of the legend beside its label: mark, figure, gap. */
const BESIDE_PX = 76;
/** A column of the grid on a usual screen. Where it is narrower the legend takes a line more and the panel grows. */
const COLUMN_PX = 92;

interface SeriesPanelProps {
  panel: Panel;
  data: PanelData;
  /** Of the whole panel, pixels. */
  height: number;
  changes?: TimeChartProps["changes"];
}

export function SeriesPanel({ panel, data, height, changes }: SeriesPanelProps) {
  const lines = useMemo(() => panelLines(data), [data]);
  const legendPx = lines.lines.reduce((sum, { label }) => sum + textWidth(label, 12) + BESIDE_PX, 0);
  const legendLines = Math.ceil(legendPx / (panel.place.w * COLUMN_PX));
  return (
    <TimeChart
      title={panel.title}
      titleHidden
      {...lines}
      {...(panel.thresholds ? { thresholds: panel.thresholds } : {})}
      {...(changes ? { changes } : {})}
      height={Math.max(96, height - AROUND_PX - legendLines * LEGEND_LINE_PX)}
    />
  );
}
