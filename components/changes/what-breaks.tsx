import { StatusMark } from "@/components/ui/status-mark";
import { formatQuantity, rateQuantity } from "@/lib/format/number";
import { ProblemList } from "./problem-list";
import type { Forecast } from "./use-what-breaks";

/** What a draft would do to the calls of the last minute, in sentences. */
export function WhatBreaks({ forecast }: { forecast: Forecast }) {
  const { result, error } = forecast;
  if (error)
    return <p className="text-ink-2 text-sm">What this would break could not be worked out: {error.message}</p>;
  if (!result) return <p className="text-ink-3 text-sm">Working out what this would break…</p>;
  const quiet = result.nowDenied.length + result.nowAllowed.length + result.problems.added.length === 0;
  return (
    <div className="flex flex-col gap-1 text-sm" aria-live="polite">
      {!result.observed && <p className="text-ink-2">Metrics are away, so nobody knows which calls are made now.</p>}
      {quiet && result.observed && <p className="text-ink-2">No call of the last minute would be refused by this.</p>}
      {result.nowDenied.map((one) => (
        <p key={`${one.source}>${one.destination}`} className="flex items-center gap-2">
          <StatusMark status="denied" label="Would be denied" />
          <span>
            {one.source} to {one.destination} would be refused: {formatQuantity(rateQuantity(one.requestsPerSecond))}{" "}
            now
          </span>
        </p>
      ))}
      {result.nowAllowed.map((one) => (
        <p key={`${one.source}>${one.destination}`} className="text-ink-2">
          Lets {one.source} call {one.destination}
          {(one.requestsPerSecond ?? 0) > 0 && `: ${formatQuantity(rateQuantity(one.requestsPerSecond))} refused now`}
        </p>
      ))}
      <ProblemList problems={result.problems.added} showObject />
    </div>
  );
}
