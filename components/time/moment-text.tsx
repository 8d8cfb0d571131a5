"use client";
import { ageText } from "@/components/ui/age-text";
import { useNow } from "@/components/ui/use-now";
import { type FrameSet, heldFrame } from "@/lib/topology/frames";
import { changeText } from "./change-text";
import { useClock } from "./clock";
import { useTrackChanges } from "./use-track-changes";

/** The moment in words: its time and age, and what was changed then. */
export function MomentText({ set, at }: { set: FrameSet; at: number | null }) {
  const clock = useClock();
  const now = useNow();
  const marks = useTrackChanges(set);
  const frame = heldFrame(set, at);
  const changes = frame === null ? [] : (marks.find((mark) => mark.frame === frame)?.changes ?? []);
  return (
    <p className="min-w-0 flex-1 truncate text-sm" data-testid="moment">
      {at === null ? (
        <span className="text-ink-2">Live</span>
      ) : (
        <>
          <span className="font-medium">{clock.time(at, now)}</span>{" "}
          <span className="text-ink-3">{ageText(Math.min(at, now), now)}</span>
        </>
      )}
      {changes.length > 0 && <span className="ml-3 text-ink-2">{changes.map(changeText).join("; ")}</span>}
    </p>
  );
}
