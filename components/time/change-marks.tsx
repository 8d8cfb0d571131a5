"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import { announce } from "@/components/ui/announce";
import { type FrameSet, frameTime } from "@/lib/topology/frames";
import { changeText } from "./change-text";
import { useClock } from "./clock";
import type { TrackMark } from "./use-track-changes";

interface ChangeMarksProps {
  set: FrameSet;
  marks: readonly TrackMark[];
  onGo: (at: number) => void;
}

/** Where configuration was changed: a diamond each; it goes there and says what it was. One stop for Tab, arrows go between them. */
export function ChangeMarks({ set, marks, onGo }: ChangeMarksProps) {
  const clock = useClock();
  const row = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const last = Math.max(0, marks.length - 1);
  function onKeyDown(event: KeyboardEvent, index: number): void {
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.max(0, Math.min(last, to));
    setActive(next);
    row.current?.querySelectorAll("button")[next]?.focus();
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: marks on a track are no fieldset
    <div ref={row} role="group" aria-label={`Changes of configuration: ${marks.length}`} className="relative h-5">
      {marks.map(({ frame, changes }, index) => {
        const at = frameTime(set, frame);
        const text = changes.map(changeText).join("; ");
        const count = changes.length > 1 ? `${changes.length} changes, ` : "";
        const label = `${count}${clock.time(changes[0]?.at ?? at)} ${text}`;
        return (
          <button
            key={frame}
            type="button"
            aria-label={label}
            data-tip={label}
            tabIndex={index === Math.min(active, last) ? 0 : -1}
            onFocus={() => setActive(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
            onClick={() => {
              onGo(at);
              announce(text);
            }}
            style={{ left: `${(frame / Math.max(1, set.count - 1)) * 100}%` }}
            className="-translate-x-1/2 absolute top-0 flex h-5 min-w-5 items-center justify-center rounded-sm text-accent text-xs hover:bg-raised"
          >
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
              <path d="M5 0 10 5 5 10 0 5Z" fill="currentColor" />
            </svg>
            {changes.length > 1 && <span className="ml-0.5 text-ink-2">{changes.length}</span>}
          </button>
        );
      })}
    </div>
  );
}
