import { cx } from "./cx";
import { TONE_SOFT, TONE_TEXT, type Tone } from "./tone";

/** A count that needs a person. Nothing is drawn for 0. `label` says what is counted ("3 problems"). */
export function Badge({ count, tone = "warn", label }: { count: number; tone?: Tone; label: string }) {
  if (count === 0) return null;
  return (
    <span
      title={label}
      className={cx(
        "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1.5 font-medium text-xs",
        TONE_SOFT[tone],
        TONE_TEXT[tone],
      )}
    >
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
