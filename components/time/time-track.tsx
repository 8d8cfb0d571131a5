"use client";
import { X } from "lucide-react";
import { useMemo } from "react";
import { useShortcuts } from "@/components/keys/use-shortcuts";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { type FrameSet, totalsOf } from "@/lib/topology/frames";
import { ChangeMarks } from "./change-marks";
import { useClock } from "./clock";
import { MomentSlider } from "./moment-slider";
import { MomentText } from "./moment-text";
import { PlayControls, usePlayer } from "./player";
import { type Timeline, useTimeline } from "./timeline";
import { useTrackEnd, useTrackFrames } from "./track-frames";
import { TRACK_RANGES, useTrackRange } from "./track-range";
import { useTrackChanges } from "./use-track-changes";

/** The last hour under the page: drag, step or play through it. */
export function TimeTrack() {
  useTrackEnd();
  const track = useTrackRange();
  const timeline = useTimeline();
  const { data: set, error, refetch } = useTrackFrames();
  const measured = set?.measured.includes(1) ?? false;
  return (
    <section
      aria-label="Track of time"
      className="flex min-h-(--track) shrink-0 flex-col gap-1 border-line border-t bg-surface px-3 py-1.5"
      data-testid="track"
    >
      <div className="flex items-center gap-2">
        {set && measured ? (
          <Player set={set} timeline={timeline} />
        ) : (
          <span className="flex-1 text-sm">Track of time</span>
        )}
        <Select
          small
          aria-label="Length of the track"
          className="w-20 shrink-0"
          value={track.name}
          options={TRACK_RANGES}
          onChange={(name) => track.setOpen(name)}
        />
        <IconButton label="Hide the track of time" keys="s" size="sm" onClick={() => track.setOpen(null)}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
      {set && measured && <Ground set={set} timeline={timeline} />}
      {set && !measured && (
        <p className="py-3 text-ink-2 text-sm">
          The metrics store has nothing of this time. It may be younger than that, or the sidecars were not scraped.
        </p>
      )}
      {!set && !error && <Skeleton className="h-20 w-full" />}
      {error && (
        <p role="alert" className="flex items-center gap-2 py-1 text-sm">
          <span className="min-w-0 flex-1">
            {set ? "The track does not move on. " : "The track could not be read. "}
            {error.message} {error.hint}
          </span>
          <Button size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
    </section>
  );
}

interface TrackProps {
  set: FrameSet;
  timeline: Timeline;
}

function Player({ set, timeline }: TrackProps) {
  const player = usePlayer(set, timeline);
  useShortcuts([
    { keys: "p", label: player.playing ? "Stop playing" : "Play through time", group: "Time", run: player.toggle },
  ]);
  return (
    <>
      <PlayControls player={player} />
      <MomentText set={set} at={timeline.at} />
    </>
  );
}

function Ground({ set, timeline }: TrackProps) {
  const clock = useClock();
  const totals = useMemo(() => totalsOf(set), [set]);
  const marks = useTrackChanges(set);
  const first = set.measured.indexOf(1);
  const since = first > 0 ? set.startMs + first * set.stepMs : null;
  return (
    <>
      <div className="relative">
        <ChangeMarks set={set} marks={marks} onGo={timeline.show} />
        <MomentSlider set={set} totals={totals} timeline={timeline} />
      </div>
      <div className="flex justify-between text-ink-3 text-xs" aria-hidden="true">
        <span>{clock.minute(set.startMs)}</span>
        <span>{clock.minute((set.startMs + set.endMs) / 2)}</span>
        <span>{clock.minute(set.endMs)}</span>
      </div>
      {since !== null && <p className="text-ink-3 text-xs">The metrics store has figures since {clock.time(since)}.</p>}
    </>
  );
}
