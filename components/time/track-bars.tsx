import { memo, useId } from "react";
import type { FrameTotals } from "@/lib/topology/frames";

const HEIGHT = 40;
/** Of a frame's width. */
const BAR = 0.84;
const STRIPE = BAR / 3;

/** The ground of the track: calls of the whole mesh as bars, failed ones at their foot, refused ones striped on top; gaps hatched. */
export const TrackBars = memo(function TrackBars({ totals }: { totals: readonly (FrameTotals | null)[] }) {
  const hatch = useId();
  const most = Math.max(1e-9, ...totals.map((each) => (each ? each.requestsPerSecond + each.deniedPerSecond : 0)));
  const frames = totals.map((each, frame) => ({ frame, each }));
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height={HEIGHT}
      viewBox={`-0.5 0 ${totals.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block"
    >
      <defs>
        <pattern id={hatch} width="1" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 6 1 0" stroke="var(--color-line-strong)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
        </pattern>
      </defs>
      <rect x={-0.5} y={HEIGHT - 1} width={totals.length} height={1} fill="var(--color-line)" />
      {frames.map(({ frame, each }) =>
        each === null ? (
          <rect key={frame} x={frame - 0.5} y={0} width={1} height={HEIGHT} fill={`url(#${hatch})`} />
        ) : (
          <Bar key={frame} x={frame - BAR / 2} totals={each} most={most} />
        ),
      )}
    </svg>
  );
});

function Bar({ x, totals, most }: { x: number; totals: FrameTotals; most: number }) {
  const scale = (value: number) => (value / most) * (HEIGHT - 4);
  // What is there is seen, however little it is beside the rest.
  const seen = (value: number) => (value > 0 ? Math.max(2, scale(value)) : 0);
  const calls = scale(totals.requestsPerSecond);
  const failed = seen(totals.errorsPerSecond);
  const denied = seen(totals.deniedPerSecond);
  const top = Math.max(0, HEIGHT - calls - denied);
  return (
    <>
      <rect x={x} y={HEIGHT - calls} width={BAR} height={calls} fill="var(--color-line-strong)" />
      <rect x={x} y={HEIGHT - failed} width={BAR} height={failed} fill="var(--color-fail)" />
      <rect x={x} y={top} width={STRIPE} height={denied} fill="var(--color-denied)" />
      <rect x={x + 2 * STRIPE} y={top} width={STRIPE} height={denied} fill="var(--color-denied)" />
    </>
  );
}
