"use client";
import { useCallback } from "react";
import { useStream } from "@/components/data/stream-provider";
import { useInstant } from "@/components/shell/scope";
import { useUrlState } from "@/components/shell/url-state";
import { useComparedInstant } from "./compared-instant";
import { forgetMoment, setMoment, useMoment } from "./moment";
import { useTrackRange } from "./track-range";

/** How far back a live page is compared. */
const COMPARE_MS = 300_000;

export interface Timeline {
  /** Unix milliseconds of the past instant shown; null for now. */
  readonly at: number | null;
  /** Live figures are paused. */
  readonly held: boolean;
  readonly goLive: () => void;
  readonly pause: () => void;
  /** Shows a past instant; one that has not come yet is now. */
  readonly show: (at: number) => void;
  /** The instant the page is compared with; null: with none. */
  readonly against: number | null;
  /** Compares with five minutes ago, or the past instant shown with now; or no longer. */
  readonly toggleCompare: () => void;
  /** Goes so many steps of the track forward, or back when negative. */
  readonly step: (count: number) => void;
}

/** What time the pages show, and how to change it. The instant stands in the URL: Back undoes, a reload keeps it. */
export function useTimeline(): Timeline {
  const { hold, held } = useStream();
  const { setUrl } = useUrlState();
  const instant = useInstant();
  const at = useMoment(instant);
  const { stepMs } = useTrackRange();
  const goLive = useCallback(() => {
    forgetMoment();
    setUrl({ at: null }, instant === null ? "replace" : "push");
    hold(false);
  }, [setUrl, hold, instant]);
  const show = useCallback(
    (next: number) => {
      if (next >= Date.now()) {
        goLive();
        return;
      }
      if (instant === null) setUrl({ at: String(Math.round(next)) }, "push");
      setMoment(next, (settled) => setUrl({ at: String(settled) }));
    },
    [setUrl, goLive, instant],
  );
  const step = useCallback(
    (count: number) => {
      const from = at ?? Math.ceil(Date.now() / stepMs) * stepMs;
      show(Math.round(from / stepMs) * stepMs + count * stepMs);
    },
    [at, stepMs, show],
  );
  const against = useComparedInstant();
  const toggleCompare = useCallback(() => {
    setUrl({ compare: against === null ? String(Math.round(at ?? Date.now() - COMPARE_MS)) : null }, "push");
    if (against === null) goLive();
  }, [setUrl, goLive, against, at]);
  const pause = useCallback(() => hold(true), [hold]);
  return { at, held, against, goLive, pause, show, step, toggleCompare };
}

/** What toggleCompare does now. */
export function compareLabel({ at, against }: Timeline): string {
  if (against !== null) return "Stop comparing";
  return at === null ? "Compare with 5 min ago" : "Compare this moment with now";
}
