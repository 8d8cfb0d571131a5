"use client";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useNow } from "@/components/ui/use-now";
import { InstantForm } from "./instant-form";
import { loadCompare, loadTrack } from "./time-panels";
import { compareLabel, type Timeline } from "./timeline";
import { useTrackRange } from "./track-range";
import { WindowField } from "./window-field";

const AGO = [
  { label: "1 min", ms: 60_000 },
  { label: "5 min", ms: 300_000 },
  { label: "15 min", ms: 900_000 },
  { label: "1 h", ms: 3_600_000 },
] as const;

/** What the time button opens: live or paused, what rates are taken over, a past instant, the track, two times side by side. */
export function TimeMenu({ timeline, onClose }: { timeline: Timeline; onClose: () => void }) {
  const { at, held, goLive, pause, show } = timeline;
  const track = useTrackRange();
  const now = useNow();
  const live = at === null && !held;
  const then = (run: () => void) => () => {
    run();
    onClose();
  };
  return (
    <div className="flex w-72 flex-col gap-3 p-3">
      <div className="grid grid-cols-2 gap-2">
        <Button size="sm" aria-pressed={live} onClick={then(goLive)}>
          Live {!live && <Kbd keys="l" />}
        </Button>
        <Button size="sm" aria-pressed={held && at === null} onClick={then(pause)}>
          Pause {live && <Kbd keys="l" />}
        </Button>
      </div>
      <WindowField />
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 font-medium text-ink-2 text-xs">Show a past instant</legend>
        <div className="grid grid-cols-4 gap-1">
          {AGO.map(({ label, ms }) => (
            <Button key={label} size="sm" onClick={then(() => show(Date.now() - ms))}>
              {label}
            </Button>
          ))}
        </div>
        <InstantForm initial={at ?? now} action="Show" onSubmit={(next) => then(() => show(next))()} />
        <p className="flex items-center justify-between text-ink-3 text-xs">
          A step back or forward
          <span className="flex gap-1">
            <Kbd keys="[" />
            <Kbd keys="]" />
          </span>
        </p>
      </fieldset>
      <Button
        size="sm"
        onPointerEnter={() => void loadCompare()}
        onFocus={() => void loadCompare()}
        onClick={then(timeline.toggleCompare)}
      >
        {compareLabel(timeline)} <Kbd keys="c" />
      </Button>
      <Button
        size="sm"
        onPointerEnter={() => void loadTrack()}
        onFocus={() => void loadTrack()}
        onClick={then(() => track.setOpen(track.open ? null : track.name))}
      >
        {track.open ? "Hide the track of time" : "Show the track of time"} <Kbd keys="s" />
      </Button>
    </div>
  );
}
