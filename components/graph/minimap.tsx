"use client";
import { type PointerEvent, useEffect, useRef } from "react";
import { readInk } from "@/components/theme/ink";
import { useTheme } from "@/components/theme/use-theme";
import type { Box } from "@/lib/picture/regions";
import { CanvasLayer } from "./view/canvas-layer";
import type { GraphView } from "./view/graph-view";

/** Pixels. */
const WIDTH = 168;
const MOST_HEIGHT = 140;

interface MinimapProps {
  view: GraphView;
}

/**
 * The whole picture small, with what is in view; hidden while that is all of it. Click or drag to go there. Drawn past React: it follows
 * every frame of a gesture.
 */
export function Minimap({ view }: MinimapProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const seen = useRef<HTMLDivElement>(null);
  const { shown: theme } = useTheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: theme changes the ink
  useEffect(() => {
    const { current: element } = box;
    if (!element || !canvas.current) return;
    const layer = new CanvasLayer(canvas.current);
    // Columns belong to one structure: others are drawn anew, and there are none before the first picture.
    let drawn: { readonly of: Float32Array; readonly all: Box; readonly zoom: number } | null = null;
    const draw = (all: Box): number => {
      const zoom = Math.min(WIDTH / (all.right - all.left), MOST_HEIGHT / (all.bottom - all.top));
      const width = (all.right - all.left) * zoom;
      const height = (all.bottom - all.top) * zoom;
      element.style.width = `${width}px`;
      element.style.height = `${height}px`;
      const context = layer.begin({ zoom, x: -all.left * zoom, y: -all.top * zoom, width, height });
      if (!context) return zoom;
      const { x, y } = view.scene;
      context.fillStyle = readInk()["ink-3"];
      const side = Math.max(1.5, 40 * zoom);
      x.forEach((at, index) => {
        context.fillRect((at - all.left) * zoom - side / 2, ((y[index] ?? 0) - all.top) * zoom - side / 2, side, side);
      });
      return zoom;
    };
    const follow = () => {
      const overview = view.overview();
      if (!overview || !seen.current) return;
      const { x } = view.scene;
      if (drawn?.of !== x) drawn = { of: x, all: overview.all, zoom: draw(overview.all) };
      const { all, zoom } = drawn;
      const inView = overview.view;
      const isAllSeen =
        inView.left <= all.left && inView.right >= all.right && inView.top <= all.top && inView.bottom >= all.bottom;
      element.style.visibility = isAllSeen ? "hidden" : "";
      const { style } = seen.current;
      style.transform = `translate(${(inView.left - all.left) * zoom}px, ${(inView.top - all.top) * zoom}px)`;
      style.width = `${(inView.right - inView.left) * zoom}px`;
      style.height = `${(inView.bottom - inView.top) * zoom}px`;
    };
    follow();
    return view.onViewport(follow);
  }, [view, theme]);

  function go(event: PointerEvent<HTMLDivElement>): void {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const overview = view.overview();
    if (!overview) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { all } = overview;
    const frame = event.currentTarget.getBoundingClientRect();
    view.centreOn({
      x: all.left + ((event.clientX - frame.left) / frame.width) * (all.right - all.left),
      y: all.top + ((event.clientY - frame.top) / frame.height) * (all.bottom - all.top),
    });
  }

  return (
    <div
      ref={box}
      role="img"
      aria-label="Map of the whole graph; the frame is what is in view"
      data-testid="minimap"
      className="absolute right-14 bottom-3 cursor-crosshair touch-none overflow-hidden rounded-md border border-line bg-surface max-sm:hidden"
      style={{ width: WIDTH }}
      onPointerDown={go}
      onPointerMove={go}
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      <div ref={seen} className="absolute top-0 left-0 border border-accent bg-accent/12" />
    </div>
  );
}
