"use client";
import { useEffect } from "react";
import { useWhatIf } from "@/components/data/use-what-if";
import { StatusMark } from "@/components/ui/status-mark";
import type { WhatIfChange } from "@/lib/contract/what-if";
import { formatQuantity, rateQuantity } from "@/lib/format/number";
import { ProblemList } from "./problem-list";

const SETTLE_MS = 200;

/** What a draft would do to the calls of the last minute: asked again a moment after the draft stops changing. */
export function WhatBreaks({ change }: { change: WhatIfChange | null }) {
  const { mutate, data, error, isPending } = useWhatIf();
  const text = change ? JSON.stringify(change) : null;
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => mutate(JSON.parse(text) as WhatIfChange), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, mutate]);
  if (text === null) return null;
  if (error)
    return <p className="text-ink-2 text-sm">What this would break could not be worked out: {error.message}</p>;
  if (!data) return <p className="text-ink-3 text-sm">{isPending ? "Working out what this would break…" : ""}</p>;
  const quiet = data.nowDenied.length + data.nowAllowed.length + data.problems.added.length === 0;
  return (
    <div className="flex flex-col gap-1 text-sm" aria-live="polite">
      {!data.observed && <p className="text-ink-2">Metrics are away, so nobody knows which calls are made now.</p>}
      {quiet && data.observed && <p className="text-ink-2">No call of the last minute would be refused by this.</p>}
      {data.nowDenied.map((one) => (
        <p key={`${one.source}>${one.destination}`} className="flex items-center gap-2">
          <StatusMark status="denied" label="Would be denied" />
          <span>
            {one.source} to {one.destination} would be refused: {formatQuantity(rateQuantity(one.requestsPerSecond))}{" "}
            now
          </span>
        </p>
      ))}
      {data.nowAllowed.map((one) => (
        <p key={`${one.source}>${one.destination}`} className="text-ink-2">
          Lets {one.source} call {one.destination}
          {one.requestsPerSecond > 0 && `: ${formatQuantity(rateQuantity(one.requestsPerSecond))} are refused now`}
        </p>
      ))}
      <ProblemList problems={data.problems.added} showObject />
    </div>
  );
}
