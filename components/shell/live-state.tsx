"use client";
import { Pause, Play } from "lucide-react";
import { useStream } from "@/components/data/stream-provider";
import { ageText } from "@/components/ui/age-text";
import { cx } from "@/components/ui/cx";
import { IconButton } from "@/components/ui/icon-button";
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

/** The state of the data: a dot with a word, its age, and what it cost. The dot is filled only when figures are live. */
export function LiveState() {
  const stream = useStream();
  const page = usePageData();
  const now = useNow();
  const at = page?.at ?? stream.lastEventAt;
  const trouble = stream.state === "reconnecting" || stream.state === "stale";
  return (
    <div className="flex min-w-0 items-center gap-2 whitespace-nowrap text-ink-3 text-xs">
      <span className={cx("flex items-center gap-1.5 text-sm", trouble ? "text-warn" : "text-ink-2")}>
        <span
          aria-hidden="true"
          className={cx(
            "size-2 rounded-full border",
            stream.state === "live" ? "border-ok bg-ok" : trouble ? "border-warn" : "border-ink-3",
          )}
        />
        <span className="max-sm:sr-only">{WORD[stream.state]}</span>
      </span>
      {at !== null && now > 0 && <span className="min-w-12 max-sm:hidden">{ageText(Math.min(at, now), now)}</span>}
      {page?.queries && (
        <span className="max-lg:hidden" title="What these figures cost the metrics store">
          {page.queries.count} {page.queries.count === 1 ? "query" : "queries"}, {Math.round(page.queries.ms)} ms
        </span>
      )}
      <span className="max-sm:hidden">
        <IconButton
          label={stream.held ? "Go on live" : "Pause"}
          keys="l"
          size="sm"
          aria-pressed={stream.held}
          onClick={() => stream.hold(!stream.held)}
        >
          {stream.held ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
        </IconButton>
      </span>
    </div>
  );
}
