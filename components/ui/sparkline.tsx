import { linePath } from "@/lib/charts/line-path";

interface SparklineProps {
  /** Evenly spaced; null is a gap and is drawn as one. */
  values: readonly (number | null)[];
  /** What it shows, with its last value: "Requests, 24 a second". */
  label: string;
  /** A CSS colour: var(--color-s1). */
  ink?: string;
  width?: number;
  /** As wide as its container; `width` is then only the grid it is drawn on. */
  stretch?: boolean;
  height?: number;
}

/** A line the size of a word. Scaled from 0 to the largest value, so flat and low looks flat and low. */
export function Sparkline({
  values,
  label,
  ink = "var(--color-ink-3)",
  width = 96,
  height = 20,
  stretch,
}: SparklineProps) {
  const top = Math.max(0, ...values.map((value) => value ?? 0));
  return (
    <svg
      role="img"
      aria-label={label}
      width={stretch ? "100%" : width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block overflow-visible"
    >
      <line
        x1={0}
        x2={width}
        y1={height - 0.5}
        y2={height - 0.5}
        stroke="var(--color-line)"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={linePath(values, { width, height: height - 2, top })}
        fill="none"
        stroke={ink}
        strokeWidth={1.25}
        vectorEffect="non-scaling-stroke"
        strokeLinejoin="round"
      />
    </svg>
  );
}
