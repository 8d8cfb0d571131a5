"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { GAP_PX, ROW_PX } from "@/components/boards/grid";
import { PanelCard } from "@/components/boards/panel-card";
import { useEmbed } from "@/components/data/use-embed";
import { useTheme } from "@/components/theme/use-theme";
import { ErrorState } from "@/components/ui/error-state";
import { PartialBanner } from "@/components/ui/partial-banner";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import type { Panel } from "@/lib/boards/panel";
import type { EmbedData } from "@/lib/contract/embeds";
import { CardView } from "./card-view";

/** One view, alone, in another site's frame. It asks only what its own link answers. */
export function EmbedPage({ token }: { token: string }) {
  const { data, error } = useEmbed(token);
  if (error && (!data || error.code === "forbidden")) {
    return <ErrorState title="This embed is not shown" message={error.message} hint={error.hint} />;
  }
  if (!data) {
    return (
      <div role="status" aria-label="Loading the embed" className="flex flex-1 p-2">
        <Skeleton className="min-h-24 w-full" />
      </div>
    );
  }
  return (
    <>
      <h1 className="sr-only">{data.title}</h1>
      {error && <StaleBanner at={data.at} message={error.message} hint={error.hint} />}
      <PartialBanner parts={data.partial} />
      <EmbedView data={data} token={token} />
      <p className="shrink-0 px-3 pb-1 text-ink-3 text-xs">
        as of <RelativeTime at={data.at} />
      </p>
    </>
  );
}

function EmbedView({ data, token }: { data: EmbedData; token: string }) {
  const { ref, width, height } = useSize();
  return (
    <div ref={ref} className="min-h-0 flex-1 overflow-hidden p-1">
      {data.view.kind === "chart" && height > 0 && <ChartView data={data} view={data.view} height={height - 8} />}
      {data.card && <CardView card={data.card} />}
      {data.view.kind === "graph" && width > 0 && (
        <GraphImage data={data} token={token} width={width - 8} height={height - 8} />
      )}
    </div>
  );
}

interface ChartViewProps {
  data: EmbedData;
  view: Extract<EmbedData["view"], { kind: "chart" }>;
  height: number;
}

function ChartView({ data, view, height }: ChartViewProps) {
  const panel = useMemo((): Panel => {
    const { title, shows: kind, source, thresholds } = view;
    const h = (height + GAP_PX) / (ROW_PX + GAP_PX);
    return { title, kind, source, place: { x: 0, y: 0, w: 12, h }, ...(thresholds ? { thresholds } : {}) };
  }, [view, height]);
  return <PanelCard panel={panel} data={data.chart} />;
}

/** Drawn by the server, for this size and theme: the embed needs no drawing code of its own. */
function GraphImage({ data, token, width, height }: { data: EmbedData; token: string; width: number; height: number }) {
  const { shown: theme } = useTheme();
  const size = (pixels: number) => Math.min(1600, Math.max(120, Math.round(pixels)));
  const source = `/api/embeds/${token}/image.svg?width=${size(width)}&height=${size(height)}&theme=${theme}`;
  return (
    // biome-ignore lint/performance/noImgElement: it is drawn for its place already
    <img key={data.at} src={source} alt={`${data.title}: ${data.summary}`} className="size-full object-contain" />
  );
}

function useSize() {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}
