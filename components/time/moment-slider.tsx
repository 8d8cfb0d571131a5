"use client";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { formatQuantity, rateQuantity } from "@/lib/format/number";
import { type FrameSet, type FrameTotals, frameIndex, frameTime } from "@/lib/topology/frames";
import { useClock } from "./clock";
import type { Timeline } from "./timeline";
import { TrackBars } from "./track-bars";

const FAR = 10;

interface MomentSliderProps {
  set: FrameSet;
  totals: readonly (FrameTotals | null)[];
  timeline: Timeline;
}

/** The thumb on the track. Arrows go a frame, with Shift ten; Home and End to the ends; End again is live. */
export function MomentSlider({ set, totals, timeline: { at, show, goLive } }: MomentSliderProps) {
  const clock = useClock();
  const dragging = useRef(false);
  const last = set.count - 1;
  const frame = at === null ? last : frameIndex(set, at);
  const share = frame / Math.max(1, last);

  function goTo(next: number): void {
    if (next > last) goLive();
    else show(frameTime(set, Math.max(0, next)));
  }
  function point(event: PointerEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const within = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    const next = Math.round(within * last);
    if (at === null || next !== frame) goTo(next);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.shiftKey ? FAR : 1;
    const to = {
      ArrowLeft: frame - step,
      ArrowDown: frame - step,
      ArrowRight: frame + step,
      ArrowUp: frame + step,
      PageDown: frame - FAR,
      PageUp: frame + FAR,
      Home: 0,
      End: frame === last && at !== null ? last + 1 : last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(at === null && to > last ? last + 1 : to);
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Moment shown"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={frame}
      aria-valuetext={`${at === null ? "live" : clock.time(frameTime(set, frame))}, ${spoken(totals[frame] ?? null)}`}
      className="relative h-10 cursor-pointer touch-none select-none"
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={(event) => dragging.current && point(event)}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onPointerCancel={() => {
        dragging.current = false;
      }}
      onKeyDown={onKeyDown}
    >
      <TrackBars totals={totals} />
      <div
        className={`-translate-x-1/2 pointer-events-none absolute inset-y-0 w-0.5 ${at === null ? "bg-ok" : "bg-accent"}`}
        style={{ left: `${share * 100}%` }}
      >
        <span
          className={`-translate-x-1/2 -top-0.5 absolute left-1/2 size-2.5 rounded-full ${at === null ? "bg-ok" : "bg-accent"}`}
        />
      </div>
    </div>
  );
}

/** "24 requests a second, 0.2 failing, none denied". */
function spoken(totals: FrameTotals | null): string {
  if (totals === null) return "nothing was measured";
  const word = (value: number) => (value === 0 ? "none" : formatQuantity(rateQuantity(value)));
  return `${word(totals.requestsPerSecond)} called, ${word(totals.errorsPerSecond)} failing, ${word(totals.deniedPerSecond)} denied`;
}
