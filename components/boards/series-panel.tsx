"use client";
import { useMemo } from "react";
import { TimeChart, type TimeChartProps } from "@/components/charts/time-chart";
import type { Panel } from "@/lib/boards/panel";
import { panelLines } from "@/lib/boards/panel-lines";
import type { PanelData } from "@/lib/contract/boards";

/** Border, padding, title and one or two lines of legend. */
const AROUND_PX = 62;

interface SeriesPanelProps {
  panel: Panel;
  data: PanelData;
  /** Of the whole panel, pixels. */
  height: number;
  changes?: TimeChartProps["changes"];
}

export function SeriesPanel({ panel, data, height, changes }: SeriesPanelProps) {
  const lines = useMemo(() => panelLines(data), [data]);
  const legendLines = lines.lines.length > 3 ? 2 : 1;
  return (
    <TimeChart
      title={panel.title}
      titleHidden
      {...lines}
      {...(panel.thresholds ? { thresholds: panel.thresholds } : {})}
      {...(changes ? { changes } : {})}
      legendLines={legendLines}
      height={Math.max(72, height - AROUND_PX - (legendLines - 1) * 16)}
    />
  );
}
