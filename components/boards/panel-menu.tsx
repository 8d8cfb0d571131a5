"use client";
import { memo, type ReactNode, useMemo } from "react";
import { ChartMenu } from "@/components/charts/chart-menu";
import type { TimeChartProps } from "@/components/charts/time-chart";
import type { Panel } from "@/lib/boards/panel";
import { panelLines } from "@/lib/boards/panel-lines";
import type { PanelData } from "@/lib/contract/boards";

interface PanelMenuProps {
  panel: Panel;
  data: PanelData | null;
  range: string;
  children?: ReactNode;
}

/** The menu of a panel: that of every chart, and what only a panel has. */
export const PanelMenu = memo(function PanelMenu({ panel, data, range, children }: PanelMenuProps) {
  const { title, kind, source, thresholds } = panel;
  const chart = useMemo((): TimeChartProps | null => {
    if (!data || kind === "top") return null;
    return { title, ...panelLines(data), ...(thresholds ? { thresholds } : {}) };
  }, [title, kind, thresholds, data]);
  const origin = { title, kind, source, range, ...(thresholds ? { thresholds } : {}) };
  return (
    <ChartMenu origin={origin} chart={chart}>
      {children}
    </ChartMenu>
  );
});
