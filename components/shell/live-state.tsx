"use client";
import { ChevronDown, Pause, Play } from "lucide-react";
import { useState } from "react";
import type { StreamState } from "@/components/data/stream-client";
import { useStream } from "@/components/data/stream-provider";
import { useClock } from "@/components/time/clock";
import { TimeMenu } from "@/components/time/time-menu";
import { type Timeline, useTimeline } from "@/components/time/timeline";
import { ageText } from "@/components/ui/age-text";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { useNow } from "@/components/ui/use-now";
import { usePageData } from "./page-data";

const WORD = {
  idle: "Loading",
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  stale: "Silent",
  paused: "Paused",
} as const;

/**
 * The state of the data: a dot with a word, its age, and what it cost. The dot is filled only when figures are live. The word
 * opens the choice of time.
 */
export function LiveState() {
  const stream = useStream();
  const timeline = useTimeline();
  const page = usePageData();
  const now = useNow();
  const at = timeline.at ?? page?.at ?? stream.lastEventAt;
  return (
    <div className="flex min-w-0 items-center gap-1 whitespace-nowrap text-ink-3 text-xs">
      <TimeButton state={stream.state} timeline={timeline} now={now} />
      <PauseButton timeline={timeline} />
      {at !== null && now > 0 && <span className="min-w-12 max-sm:hidden">{ageText(Math.min(at, now), now)}</span>}
      {page?.queries && (
        <span className="max-lg:hidden" title="What these figures cost the metrics store">
          {page.queries.count} {page.queries.count === 1 ? "query" : "queries"}, {Math.round(page.queries.ms)} ms
        </span>
      )}
    </div>
  );
}

/** That of the longest word while a page opens: what stands beside it does not move from word to word. */
const WORD_WIDTH = "min-w-19 text-left";

const TROUBLE: readonly StreamState[] = ["reconnecting", "stale"];

function TimeButton({ state, timeline, now }: { state: StreamState; timeline: Timeline; now: number }) {
  const [open, setOpen] = useState(false);
  const clock = useClock();
  const { at, held } = timeline;
  const past = at !== null && now > 0;
  const word = past ? clock.time(at, now) : WORD[state];
  const tone = past || held ? "chosen" : TROUBLE.includes(state) ? "trouble" : state === "live" ? "live" : "quiet";
  return (
    <Popover
      label="Time"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet" size="sm" aria-label={`Time shown: ${word}`} className={cx("px-1.5!", TEXT[tone])}>
          <span aria-hidden="true" className={cx("size-2 shrink-0 rounded-full border", DOT[tone])} />
          <span className={cx("max-sm:sr-only", !past && WORD_WIDTH)}>{word}</span>
          <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
        </Button>
      }
    >
      <TimeMenu timeline={timeline} onClose={() => setOpen(false)} />
    </Popover>
  );
}

const TEXT = { chosen: "text-accent!", trouble: "text-warn!", live: "", quiet: "" } as const;
const DOT = {
  chosen: "border-accent",
  trouble: "border-warn",
  live: "border-ok bg-ok",
  quiet: "border-ink-3",
} as const;

function PauseButton({ timeline: { at, held, goLive, pause } }: { timeline: Timeline }) {
  const away = at !== null || held;
  const Icon = away ? Play : Pause;
  return (
    <span className="max-sm:hidden">
      <IconButton
        label={away ? "Go live" : "Pause"}
        keys="l"
        size="sm"
        aria-pressed={away}
        onClick={away ? goLive : pause}
      >
        <Icon size={14} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
