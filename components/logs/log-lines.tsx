"use client";
import { memo, useEffect, useRef } from "react";
import { ClockTime } from "@/components/time/clock-time";
import { cx } from "@/components/ui/cx";
import { type Status, StatusMark } from "@/components/ui/status-mark";
import type { NumberedLine } from "@/lib/logs/book";
import type { Level } from "@/lib/logs/line";

type Split = (text: string) => readonly { readonly text: string; readonly hit: boolean }[];

interface LogLinesProps {
  lines: readonly NumberedLine[];
  /** Marks what was searched; null: the search is not valid. */
  split: Split | null;
  wrap: boolean;
  /** Stay at the newest line while the reader is there. */
  follow: boolean;
  /** Lines of more than one container: say of which each is. */
  several: boolean;
}

/** As many lines as are drawn; the others are copied and searched all the same. */
const MOST_DRAWN = 2_000;
/** Nearer to the end than this is at the end. */
const NEAR_END = 40;

/** The lines, newest at the bottom. What is out of sight is laid out but not drawn. */
export function LogLines({ lines, split, wrap, follow, several }: LogLinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end
  useEffect(() => {
    if (follow && atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines, follow]);
  return (
    <div
      ref={box}
      role="log"
      aria-label="Log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: at }) => {
        atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
      }}
      className={cx(
        "scroll-thin min-h-0 flex-1 overflow-auto bg-surface py-1 font-mono text-xs -outline-offset-2",
        wrap ? "" : "whitespace-pre",
      )}
    >
      {lines.length === 0 && <p className="whitespace-normal px-4 py-3 font-sans text-ink-3 text-sm">No line yet.</p>}
      {lines.slice(-MOST_DRAWN).map((line) => (
        <Line key={line.id} line={line} split={split} wrap={wrap} several={several} />
      ))}
    </div>
  );
}

const STATUS: Readonly<Record<Level, Status>> = {
  error: "failing",
  warning: "degraded",
  info: "healthy",
  debug: "healthy",
};

interface LineProps {
  line: NumberedLine;
  split: Split | null;
  wrap: boolean;
  several: boolean;
}

const Line = memo(function Line({ line, split, wrap, several }: LineProps) {
  const { at, container, level, text } = line;
  return (
    <div
      className={cx(
        "flex min-h-5 items-start gap-2 px-4 leading-5 [contain-intrinsic-size:auto_20px] [content-visibility:auto] hover:bg-raised",
        level === "error" && "text-fail",
        level === "warning" && "text-warn",
        level === "debug" && "text-ink-3",
      )}
    >
      <span className="shrink-0 text-ink-3">{at !== null && <ClockTime at={at} />}</span>
      {several && (
        <span
          className={cx("w-28 shrink-0 truncate max-sm:w-14", container === "envoy" ? "text-s4" : "text-s1")}
          title={container}
        >
          {container}
        </span>
      )}
      <span className="flex h-5 w-3.5 shrink-0 items-center">
        {level !== null && <StatusMark status={STATUS[level]} label={level} />}
      </span>
      <span className={wrap ? "wrap-anywhere min-w-0 whitespace-pre-wrap" : ""}>
        {split ? split(text).map(Piece) : text}
      </span>
    </div>
  );
});

function Piece({ text, hit }: { readonly text: string; readonly hit: boolean }, index: number) {
  // Pieces of one line have no other name than their place in it.
  return hit ? (
    <mark key={`${index} ${text}`} className="rounded-sm bg-warn/25 text-ink">
      {text}
    </mark>
  ) : (
    text
  );
}
