"use client";
import { type PointerEvent, useMemo } from "react";
import type { Places } from "@/lib/picture/layout/flow";
import type { GraphView } from "./view/graph-view";

const WIDTH = 160;

interface MinimapProps {
  view: GraphView;
  places: Places;
  /** Changes with pan and zoom. */
  turn: number;
}

/** The whole picture small, with what is in view. Click or drag to go there. */
export function Minimap({ view, places, turn }: MinimapProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: turn says that the view has moved
  const overview = useMemo(() => view.overview(), [view, places, turn]);
  const dots = useMemo(() => [...places.values()].map(({ x, y }) => `M${x - 20} ${y}h40`).join(""), [places]);
  if (!overview) return null;
  const { all, view: seen } = overview;
  const width = all.right - all.left;
  const height = all.bottom - all.top;
  function go(event: PointerEvent<SVGSVGElement>): void {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    view.centreOn({
      x: all.left + ((event.clientX - box.left) / box.width) * width,
      y: all.top + ((event.clientY - box.top) / box.height) * height,
    });
  }
  return (
    <svg
      aria-hidden="true"
      className="absolute right-14 bottom-3 cursor-crosshair rounded-md border border-line bg-surface max-sm:hidden"
      width={WIDTH}
      height={Math.min(140, (WIDTH * height) / width)}
      viewBox={`${all.left} ${all.top} ${width} ${height}`}
      preserveAspectRatio="none"
      onPointerDown={go}
      onPointerMove={go}
    >
      <path d={dots} stroke="var(--color-ink-3)" strokeWidth="40" />
      <rect
        x={seen.left}
        y={seen.top}
        width={seen.right - seen.left}
        height={seen.bottom - seen.top}
        fill="var(--color-accent)"
        fillOpacity="0.12"
        stroke="var(--color-accent)"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
