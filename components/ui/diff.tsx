"use client";
import { useMemo } from "react";
import { cx } from "./cx";
import { type DiffLine, diffLines } from "./diff-lines";

interface DiffProps {
  before: string;
  after: string;
  /** What the two sides are: "Live", "Your draft". */
  beforeLabel: string;
  afterLabel: string;
  /** Side by side needs about 640 px; inline fits the inspector. */
  layout?: "inline" | "side";
}

const SIGN = { same: " ", removed: "−", added: "+" } as const;
const GROUND = { same: "", removed: "bg-fail/10", added: "bg-ok/10" } as const;

/** Two YAML texts: what goes and what comes. Signs as well as colours. */
export function Diff({ before, after, beforeLabel, afterLabel, layout = "inline" }: DiffProps) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  if (lines.every((line) => line.kind === "same")) return <p className="text-ink-3 text-sm">No difference.</p>;
  return (
    <figure className="overflow-hidden rounded-md border border-line">
      <figcaption className="flex gap-4 border-line border-b bg-raised px-3 py-1 text-ink-2 text-xs">
        <span>− {beforeLabel}</span>
        <span>+ {afterLabel}</span>
      </figcaption>
      <section
        className="scroll-thin max-h-96 overflow-auto font-mono text-xs"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`${beforeLabel} compared with ${afterLabel}`}
      >
        {layout === "inline" ? (
          <Side lines={lines} />
        ) : (
          <div className="grid grid-cols-2 divide-x divide-line">
            <Side lines={lines.filter((line) => line.kind !== "added")} />
            <Side lines={lines.filter((line) => line.kind !== "removed")} />
          </div>
        )}
      </section>
    </figure>
  );
}

function Side({ lines }: { lines: readonly DiffLine[] }) {
  return (
    <pre className="min-w-max py-1">
      {lines.map((line) => (
        <div key={`${line.before}:${line.after}`} className={cx("px-3 leading-5", GROUND[line.kind])}>
          <span aria-hidden="true" className="mr-2 inline-block w-2 select-none text-ink-3">
            {SIGN[line.kind]}
          </span>
          {line.kind !== "same" && <span className="sr-only">{line.kind}: </span>}
          {line.text}
        </div>
      ))}
    </pre>
  );
}
