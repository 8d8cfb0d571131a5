"use client";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { cx } from "./cx";

interface DividerProps {
  /** The accessible name: "Between bookstore-v1 and bookstore-v2". */
  label: string;
  /** Where it stands, 0 to 100 of the track's width. */
  value: number;
  min: number;
  max: number;
  /** What a screen reader hears for the value: "bookstore-v1 90 %". */
  valueText: string;
  /** Called while dragging and on keys with the wanted position: whole numbers, tens with Shift. */
  onChange: (value: number) => void;
  /** Once, when a drag or a key is over. */
  onCommit?: () => void;
  disabled?: boolean;
}

/**
 * A divider on a track: put it inside a `relative` element whose width is 100 %. Drag, arrows (1, with Shift 10), Page Up and Down (10),
 * Home and End. The caller clamps against its neighbours by `min` and `max`.
 */
export function Divider({ label, value, min, max, valueText, onChange, onCommit, disabled }: DividerProps) {
  const ref = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const within = (to: number) => Math.min(max, Math.max(min, to));

  function onPointerMove(event: PointerEvent): void {
    const track = ref.current?.parentElement?.getBoundingClientRect();
    if (!dragging.current || !track || track.width === 0) return;
    const step = event.shiftKey ? 10 : 1;
    onChange(within(Math.round(((event.clientX - track.left) / track.width) * (100 / step)) * step));
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.shiftKey ? 10 : 1;
    const to: Record<string, number> = {
      ArrowLeft: value - step,
      ArrowDown: value - step,
      ArrowRight: value + step,
      ArrowUp: value + step,
      PageDown: value - 10,
      PageUp: value + 10,
      Home: min,
      End: max,
    };
    const next = to[event.key];
    if (next === undefined || disabled) return;
    event.preventDefault();
    onChange(within(next));
    onCommit?.();
  }
  return (
    <div
      ref={ref}
      role="slider"
      tabIndex={disabled ? -1 : 0}
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={valueText}
      aria-disabled={disabled}
      style={{ left: `${value}%` }}
      className={cx(
        "-translate-x-1/2 absolute inset-y-0 z-1 flex w-3 touch-none justify-center pointer-coarse:w-10",
        disabled ? "cursor-not-allowed" : "cursor-ew-resize",
      )}
      onPointerDown={(event) => {
        if (disabled) return;
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        if (dragging.current) onCommit?.();
        dragging.current = false;
      }}
      onKeyDown={onKeyDown}
    >
      <span className="my-[-4px] w-1 rounded-full border border-surface bg-ink" />
    </div>
  );
}
