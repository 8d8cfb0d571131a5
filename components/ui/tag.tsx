import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { TONE_SOFT, TONE_TEXT, type Tone } from "./tone";

interface TagProps {
  tone?: Tone;
  /** Identities and patterns are set in mono. */
  mono?: boolean;
  /** Shows a remove button with this name. */
  removeLabel?: string;
  onRemove?: () => void;
  children: ReactNode;
}

/** A short word beside a name: a version, a method, a state. */
export function Tag({ tone = "neutral", mono, removeLabel, onRemove, children }: TagProps) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs",
        mono && "font-mono",
        TONE_SOFT[tone],
        TONE_TEXT[tone],
      )}
    >
      <span className="truncate">{children}</span>
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel ?? "Remove"}
          onClick={onRemove}
          className="-mr-1 rounded-sm p-0.5 hover:bg-raised"
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
