"use client";
import { Pause, Play } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { type FrameSet, frameIndex, frameTime } from "@/lib/topology/frames";
import type { Timeline } from "./timeline";

const SPEEDS = [
  { value: "1", label: "1×" },
  { value: "5", label: "5×" },
  { value: "20", label: "20×" },
  { value: "60", label: "60×" },
] as const;
type Speed = (typeof SPEEDS)[number]["value"];

export interface Player {
  readonly playing: boolean;
  readonly speed: Speed;
  readonly setSpeed: (speed: Speed) => void;
  readonly toggle: () => void;
}

/** Goes through the frames at so many times the speed they came in, to the end; from the start when it begins at the end or live. */
export function usePlayer(set: FrameSet, { at, show }: Timeline): Player {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>("60");
  const newest = useRef({ at, show, set });
  newest.current = { at, show, set };

  useEffect(() => {
    if (!playing) return;
    const { at: begin, set: held } = newest.current;
    let position = begin === null || begin >= held.endMs ? held.startMs : begin;
    let shown = newest.current.at;
    let last = performance.now();
    let turn = requestAnimationFrame(step);
    function step(now: number): void {
      const { set: frames, at: current, show: go } = newest.current;
      // The reader took the thumb meanwhile: go on from there.
      if (current !== null && shown !== null && current !== shown) position = current;
      position = Math.min(position + (now - last) * Number(speed), frames.endMs);
      last = now;
      const next = frameTime(frames, frameIndex(frames, position));
      if (next !== shown) {
        shown = next;
        go(next);
      }
      if (position >= frames.endMs) setPlaying(false);
      else turn = requestAnimationFrame(step);
    }
    return () => cancelAnimationFrame(turn);
  }, [playing, speed]);

  const toggle = useCallback(() => setPlaying((now) => !now), []);
  return { playing, speed, setSpeed, toggle };
}

export function PlayControls({ player: { playing, speed, setSpeed, toggle } }: { player: Player }) {
  const Icon = playing ? Pause : Play;
  return (
    <>
      <IconButton label={playing ? "Stop playing" : "Play"} keys="p" size="sm" onClick={toggle}>
        <Icon size={14} aria-hidden="true" />
      </IconButton>
      <Select small aria-label="Speed" className="w-18 shrink-0" value={speed} options={SPEEDS} onChange={setSpeed} />
    </>
  );
}
