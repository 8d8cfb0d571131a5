"use client";
import dynamic from "next/dynamic";
import { useEffect, useMemo } from "react";
import { useChanges } from "@/components/data/use-changes";
import { useChart } from "@/components/data/use-chart";
import { useInstant } from "@/components/shell/scope";
import { useChartTime } from "@/components/time/use-chart-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { ChartSubject } from "@/lib/contract/charts";
import { changeTicks, minutesAround, namespacesOf } from "./change-ticks";
import { chartsByUnit } from "./chart-lines";
import { originOf } from "./chart-origin";
import { pointAt } from "./crosshair";
import { TimeChart } from "./time-chart";

// What a menu opens is no part of a first picture; its button has its place.
const ChartMenu = dynamic(() => import("./chart-menu").then((module) => module.ChartMenu), {
  ssr: false,
  loading: () => <span className="size-(--control-sm)" />,
});

interface SubjectChartsProps {
  subject: ChartSubject;
  /** `15m` if not said. */
  range?: string;
}

/** Everything measured about an edge, a service, a workload or a split: one chart per unit, one below the other. */
export function SubjectCharts({ subject, range: usual = "15m" }: SubjectChartsProps) {
  const { range, at } = useChartTime(usual);
  const instant = useInstant();
  const { data, error, isPending } = useChart(subject, { range, at });
  // The crosshair of every chart stands at the past instant the page shows.
  useEffect(() => pointAt(instant), [instant]);
  const namespaces = namespacesOf(subject);
  const { data: changed } = useChanges(data ? minutesAround(data) : null);
  const ticks = useMemo(() => changeTicks(changed?.changes ?? [], namespaces), [changed, namespaces]);
  const charts = useMemo(() => (data ? chartsByUnit(data) : []), [data]);
  if (isPending) {
    return (
      <div role="status" aria-label="Charts are loading" className="flex flex-col gap-4">
        <Skeleton className="h-39 w-full" />
        <Skeleton className="h-39 w-full" />
      </div>
    );
  }
  if (!data) {
    return (
      <p role="alert" className="text-ink-2 text-sm">
        {error?.message} {error?.hint}
      </p>
    );
  }
  if (charts.every((chart) => chart.times.length === 0)) {
    return (
      <p className="flex h-39 items-center justify-center rounded-lg border border-line border-dashed px-4 text-ink-3 text-sm">
        Nothing was measured in {at === null ? "the last" : "these"} {range}.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {charts.map((chart) => (
        <TimeChart
          key={chart.unit}
          {...chart}
          changes={ticks}
          actions={<ChartMenu origin={originOf(subject, range, chart)} chart={{ ...chart, changes: ticks }} />}
        />
      ))}
    </div>
  );
}
