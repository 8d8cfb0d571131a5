import { useMeasured } from "@/components/ui/measured";
import { seriesInk } from "@/lib/charts/series-ink";
import type { SplitBackendView } from "@/lib/contract/splits";
import { formatQuantity, percentQuantity } from "@/lib/format/number";

interface ObservedBarProps {
  backends: readonly SplitBackendView[];
  windowSeconds: number;
}

/** What happened over the window, on the same scale as the bar above; the bracket at each boundary is the 95 % interval. */
export function ObservedBar({ backends, windowSeconds }: ObservedBarProps) {
  const measured = useMeasured();
  if (backends.every((backend) => backend.observed === null)) {
    return (
      <p className="flex h-8 items-center rounded-md border border-line border-dashed px-2 text-ink-3 text-xs">
        {measured
          ? `No calls in the last ${windowSeconds} s, so nothing was observed.`
          : "Not known: calls could not be measured."}
      </p>
    );
  }
  let end = 0;
  const parts = backends.map((backend) => {
    const share = backend.observed?.share ?? 0;
    const start = end;
    end += share;
    const uncertainty = backend.observed ? (backend.observed.high - backend.observed.low) / 2 : 0;
    return { backend, share, start, boundary: end, uncertainty };
  });
  const spoken = parts
    .map(({ backend, share }) => `${backend.service} ${formatQuantity(percentQuantity(share))}`)
    .join(", ");
  return (
    <div role="img" aria-label={`Observed over the last ${windowSeconds} s: ${spoken}`} className="relative h-8">
      <div className="flex h-3 overflow-hidden rounded-sm bg-raised">
        {parts.map(({ backend, share }) => (
          <span key={backend.service} style={{ width: `${share * 100}%`, background: seriesInk(backend.service) }} />
        ))}
      </div>
      {parts.slice(0, -1).map(({ backend, boundary, uncertainty }) => (
        <Bracket key={backend.service} from={boundary - uncertainty} to={boundary + uncertainty} />
      ))}
      {parts.map(({ backend, share, start }) => (
        <span
          key={backend.service}
          style={{ left: `${start * 100}%`, maxWidth: `${share * 100}%` }}
          className="absolute top-4 truncate text-ink-2 text-xs"
        >
          {formatQuantity(percentQuantity(share))} seen
        </span>
      ))}
    </div>
  );
}

function Bracket({ from, to }: { from: number; to: number }) {
  const left = Math.max(0, from);
  return (
    <span
      style={{ left: `${left * 100}%`, width: `${(Math.min(1, to) - left) * 100}%` }}
      className="-top-1 absolute h-5 border-ink border-x border-t"
    />
  );
}
