import { cx } from "./cx";
import { TONE_TEXT, type Tone } from "./tone";

/** healthy draws nothing: a good day is quiet. */
export type Status = "healthy" | "degraded" | "failing" | "denied" | "idle" | "encrypted" | "plaintext";

const NO_FILL = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.5,
  strokeLinejoin: "round",
  strokeLinecap: "round",
} as const;

const SHAPE: Readonly<Record<Exclude<Status, "healthy">, React.ReactNode>> = {
  degraded: <path d="M7 1.6 13 12.2H1Z M7 5.6v3 M7 10.4v.1" {...NO_FILL} />,
  failing: <path d="M4.4 1h5.2L13 4.4v5.2L9.6 13H4.4L1 9.6V4.4Z M7 4v3.6 M7 9.9v.1" {...NO_FILL} />,
  denied: <path d="M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1Z M3.8 7h6.4" {...NO_FILL} />,
  idle: <circle cx="7" cy="7" r="5.2" {...NO_FILL} strokeDasharray="0.1 3.2" />,
  encrypted: <path d="M3 6.5h8V12H3Z M4.7 6.5V4.3a2.3 2.3 0 0 1 4.6 0v2.2" {...NO_FILL} />,
  plaintext: <path d="M3 6.5h8V12H3Z M4.7 6.5V4a2.3 2.3 0 0 1 4.4-.9" {...NO_FILL} />,
};

/** The colour that goes with the shape. */
export const STATUS_TONE: Readonly<Record<Status, Tone>> = {
  healthy: "ok",
  degraded: "warn",
  failing: "fail",
  denied: "denied",
  idle: "idle",
  encrypted: "secure",
  plaintext: "warn",
};

interface StatusMarkProps {
  status: Status;
  /** Read out, and shown on hover. Leave out when the word stands beside the mark. */
  label?: string;
  size?: number;
}

/** Shape and colour of a state: triangle, octagon, no-entry, dotted, lock, open lock. Readable in grey. */
export function StatusMark({ status, label, size = 14 }: StatusMarkProps) {
  if (status === "healthy") return label ? <span className="sr-only">{label}</span> : null;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: with a label it is named, without one it is hidden
    <svg
      viewBox="0 0 14 14"
      width={size}
      height={size}
      className={cx("inline-block shrink-0", TONE_TEXT[STATUS_TONE[status]])}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      {label && <title>{label}</title>}
      {SHAPE[status]}
    </svg>
  );
}
