"use client";
import { useEffect, useMemo } from "react";
import type { Picture } from "@/components/graph/picture";
import { useInstant } from "@/components/shell/scope";
import type { DrawnFigures } from "@/lib/picture/picture";
import { heldFrame } from "@/lib/topology/frames";
import { currentMoment, onMoment } from "./moment";
import { PictureFrames } from "./picture-frames";
import { useTrackFrames } from "./track-frames";

interface FigureView {
  setFigures(figures: DrawnFigures | null): void;
}

/**
 * While the track is dragged or played the picture on the screen is inked from the held frames, at every frame of the screen and
 * past React; once the hand rests the page's own picture of that moment takes over.
 */
export function useMomentFigures(view: FigureView | null, picture: Picture): void {
  const { data: set } = useTrackFrames();
  const instant = useInstant();
  const frames = useMemo(() => (set ? new PictureFrames(set, picture) : null), [set, picture]);
  useEffect(() => {
    if (!view) return;
    const shown = heldFrame(set, instant);
    let painted: number | null = -1;
    const paint = () => {
      const wanted = heldFrame(set, currentMoment());
      if (wanted === painted) return;
      painted = wanted;
      view.setFigures(frames === null || wanted === null || wanted === shown ? null : frames.at(wanted));
    };
    paint();
    return onMoment(paint);
  }, [view, frames, set, instant]);
}
