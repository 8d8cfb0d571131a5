"use client";
import { cx } from "@/components/ui/cx";
import { Divider } from "@/components/ui/slider";
import { seriesInk } from "@/lib/charts/series-ink";
import type { Portion } from "./weights";

interface SplitBarProps {
  portions: readonly Portion[];
  /** A draft is striped until it is applied. */
  draft: boolean;
  disabled: boolean;
  /** Moves the divider right of a portion by whole percents. */
  onMove: (divider: number, byPercent: number) => void;
}

/** What the split asks for: one segment per backend, with dividers that are dragged or moved by arrow keys. */
export function SplitBar({ portions, draft, disabled, onMove }: SplitBarProps) {
  let end = 0;
  const dividers = portions.slice(0, -1).map((portion, at) => {
    const start = end;
    end += portion.percent;
    const next = portions[at + 1];
    return { at, portion, next, start, position: end, last: end + (next?.percent ?? 0) };
  });
  return (
    <div className="relative h-11">
      <div className="flex h-full overflow-hidden rounded-md border border-line">
        {portions.map((portion) => (
          <Segment key={portion.service} portion={portion} draft={draft} />
        ))}
      </div>
      {dividers.map(({ at, portion, next, position }) => (
        <Divider
          key={portion.service}
          label={`Between ${portion.service} and ${next?.service ?? ""}`}
          value={position}
          min={0}
          max={100}
          valueText={`${portion.service} ${portion.percent} %, ${next?.service ?? ""} ${next?.percent ?? 0} %`}
          onChange={(to) => onMove(at, to - position)}
          disabled={disabled}
        />
      ))}
    </div>
  );
}

function Segment({ portion, draft }: { portion: Portion; draft: boolean }) {
  const ink = seriesInk(portion.service);
  return (
    <div
      style={{
        width: `${portion.percent}%`,
        color: ink,
        background: `color-mix(in oklch, ${ink} 16%, var(--color-surface))`,
      }}
      className={cx("flex min-w-0 items-center overflow-hidden", draft && "hatched")}
    >
      <span
        className="h-full w-1 shrink-0"
        style={{ background: ink, visibility: portion.percent > 0 ? "visible" : "hidden" }}
      />
      <span className="min-w-0 truncate px-2 text-ink text-sm">
        <span className="font-medium">{portion.percent}</span>
        <span className="text-ink-2"> % {portion.service}</span>
      </span>
    </div>
  );
}
