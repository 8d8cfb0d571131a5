"use client";
import { memo, type ReactNode } from "react";
import type { TimeChartProps } from "@/components/charts/time-chart";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import type { Panel } from "@/lib/boards/panel";
import { isEmpty } from "@/lib/boards/panel-lines";
import type { PanelData } from "@/lib/contract/boards";
import { formatCount } from "@/lib/format/number";
import { panelHeight } from "./grid";
import { SeriesPanel } from "./series-panel";
import { StatPanel } from "./stat-panel";
import { TopPanel } from "./top-panel";
import { useInTurn } from "./use-in-turn";

interface PanelCardProps {
  panel: Panel;
  /** null while nothing has come yet. */
  data: PanelData | null;
  changes?: TimeChartProps["changes"];
  /** At the end of its first line: the menu, the handle. */
  actions?: ReactNode;
}

/** One panel with its title: waiting, empty, failed, or its figures. What fails here leaves the others as they are. */
export const PanelCard = memo(function PanelCard({ panel, data, changes, actions }: PanelCardProps) {
  const { shown, ref } = useInTurn(data);
  return (
    <section
      ref={ref}
      aria-label={panel.title}
      className="flex h-full min-w-0 flex-col rounded-lg border border-line bg-surface px-3 pt-2 pb-2"
    >
      <div className="flex h-6 shrink-0 items-center gap-2">
        <h2 className="min-w-0 truncate font-medium text-ink-2 text-xs">{panel.title}</h2>
        {shown && shown.total > shown.series.length && (
          <span className="shrink-0 text-ink-3 text-xs">
            {formatCount(shown.series.length)} of {formatCount(shown.total)}
          </span>
        )}
        {shown?.error && shown.series.length > 0 && <OldMark data={shown} />}
        <span className="ml-auto flex shrink-0 items-center">{actions}</span>
      </div>
      <PanelBody panel={panel} data={shown} changes={changes} />
    </section>
  );
});

function PanelBody({ panel, data, changes }: Omit<PanelCardProps, "actions">) {
  if (data === null) {
    return (
      <div role="status" aria-label={`Loading ${panel.title}`} className="flex min-h-0 flex-1">
        <Skeleton className="min-h-8 w-full" />
      </div>
    );
  }
  if (data.error && data.series.length === 0) {
    return (
      <p role="alert" className="wrap-anywhere min-h-0 overflow-auto text-ink-2 text-xs">
        <StatusMark status="failing" /> {data.error.message} {data.error.hint}
      </p>
    );
  }
  if (isEmpty(data)) {
    return <p className="text-ink-3 text-xs">No such series in this range yet.</p>;
  }
  if (panel.kind === "stat") return <StatPanel title={panel.title} data={data} thresholds={panel.thresholds ?? []} />;
  if (panel.kind === "top") return <TopPanel title={panel.title} data={data} />;
  return <SeriesPanel panel={panel} data={data} height={panelHeight(panel.place.h)} changes={changes} />;
}

function OldMark({ data }: { data: PanelData }) {
  const said = `${data.error?.message ?? ""} ${data.error?.hint ?? ""}`;
  return (
    <span title={said} className="flex min-w-0 items-center gap-1 text-warn text-xs">
      <StatusMark status="degraded" />
      <span className="truncate">
        from <RelativeTime at={data.at} />
      </span>
      <span className="sr-only">{said}</span>
    </span>
  );
}
