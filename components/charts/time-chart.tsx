"use client";
import dynamic from "next/dynamic";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useId } from "react";
import { useClock } from "@/components/time/clock";
import { cx } from "@/components/ui/cx";
import { Figure } from "@/components/ui/figure";
import type { ChartLine } from "@/lib/charts/chart-line";
import { type ChartUnit, quantityOf } from "@/lib/charts/quantity";
import { nearestIndex } from "@/lib/charts/scale";
import { formatQuantity } from "@/lib/format/number";
import { pointAt, useCrosshair } from "./crosshair";

export interface TimeChartProps {
  title: string;
  unit: ChartUnit;
  /** Unix milliseconds, ascending, one per value. */
  times: readonly number[];
  lines: readonly ChartLine[];
  /** The first line is p50 and gets a p50-p95-p99 band from the second and third. */
  band?: boolean;
  /** Thin horizontal lines with names. */
  thresholds?: readonly { value: number; label: string }[];
  /** Configuration changes, as ticks on the time axis. Unix milliseconds. */
  changes?: readonly { at: number; label: string }[];
  /** At the end of its first line: the menu. */
  actions?: ReactNode;
  /** The panel around it shows the title. */
  titleHidden?: boolean;
  /** 140 if not said. */
  height?: number;
}

/** Room of the plot within the chart: what the axes take. The overlay and the drawing share it. */
export const PLOT = { left: 64, right: 8, top: 8, bottom: 20 } as const;

const Plot = dynamic(() => import("./time-plot").then((module) => module.TimePlot), { ssr: false });

/**
 * Lines over time: hairline grid, unit in the axis, gaps as gaps, a crosshair shared by every chart of the page; the legend's values
 * follow it. By keyboard: focus the plot, left and right move the crosshair. A sentence says the last values to a screen reader.
 */
export function TimeChart({ actions, ...props }: TimeChartProps) {
  const { title, unit, times, lines, titleHidden, height = 140 } = props;
  const crosshair = useCrosshair();
  const clock = useClock();
  const titleId = useId();
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const pointed = crosshair !== null && crosshair >= first && crosshair <= last;
  const shown = pointed ? nearestIndex(times, crosshair) : newestIndex(props);
  const shownAt = times[shown];
  const share = last > first && shownAt !== undefined ? (shownAt - first) / (last - first) : 0;

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (event.clientX - box.left - PLOT.left) / (box.width - PLOT.left - PLOT.right);
    const at = times[nearestIndex(times, first + within * (last - first))];
    if (at !== undefined) pointAt(at);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const to = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: times.length - 1 }[event.key];
    const at = to === undefined ? undefined : times[to];
    if (at === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    pointAt(at);
  }
  const spoken = lines
    .map((line) => `${line.label} ${formatQuantity(quantityOf(unit, line.values[shown] ?? null))}`)
    .join(", ");

  return (
    <figure className="min-w-0" aria-labelledby={titleId}>
      <figcaption className="flex items-start gap-x-3 text-xs">
        <span id={titleId} className={titleHidden ? "sr-only" : "shrink-0 font-medium text-ink-2"}>
          {title}
        </span>
        <span className={cx("flex flex-wrap gap-x-3", !titleHidden && "ml-auto justify-end")}>
          {lines.map((line) => (
            <span key={line.id} className="flex items-center gap-1 text-ink-3">
              <svg width="10" height="8" aria-hidden="true">
                <line
                  x1="0"
                  x2="10"
                  y1="4"
                  y2="4"
                  stroke={line.ink}
                  strokeWidth="2"
                  strokeDasharray={line.dashed ? "3 2" : undefined}
                />
              </svg>
              {line.label}
              <span className="min-w-8 text-right text-ink">
                <Figure quantity={quantityOf(unit, line.values[shown] ?? null)} />
              </span>
            </span>
          ))}
        </span>
        {actions}
      </figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-labelledby={titleId}
        aria-valuemin={first}
        aria-valuemax={last}
        aria-valuenow={shownAt ?? 0}
        aria-valuetext={shownAt === undefined ? "no values" : `${clock.time(shownAt)}: ${spoken}`}
        className="relative touch-pan-y"
        style={{ height }}
        onPointerMove={onPointerMove}
        onPointerLeave={() => pointAt(null)}
        onBlur={() => pointAt(null)}
        onKeyDown={onKeyDown}
      >
        <Plot {...props} height={height} />
        {pointed && (
          <div
            className="pointer-events-none absolute"
            style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
          >
            <div className="absolute inset-y-0 border-ink-3 border-l" style={{ left: `${share * 100}%` }} />
            <span
              className="absolute -bottom-4.5 rounded-sm bg-surface px-1 text-ink text-xs"
              style={share > 0.5 ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` }}
            >
              {clock.time(shownAt ?? 0)}
            </span>
          </div>
        )}
      </div>
    </figure>
  );
}

/** The newest time with a value: the last step of a range is often too young to have one. */
function newestIndex({ times, lines }: Pick<TimeChartProps, "times" | "lines">): number {
  const known = times.findLastIndex((_, index) => lines.some(({ values }) => typeof values[index] === "number"));
  return known < 0 ? times.length - 1 : known;
}
