"use client";
import type { ReactNode } from "react";
import type { ApiError } from "@/components/data/api-error";
import { boardRefreshMs } from "@/components/data/use-board-data";
import { useReportPageData } from "@/components/shell/page-data";
import { PageHeader } from "@/components/shell/page-header";
import { StaleStrip } from "@/components/shell/stale-strip";
import { useUrlState } from "@/components/shell/url-state";
import { useUnsaid } from "@/components/shell/use-unsaid";
import { ErrorState } from "@/components/ui/error-state";
import { PartialBanner } from "@/components/ui/partial-banner";
import { Segmented } from "@/components/ui/segmented";
import type { BoardData } from "@/lib/contract/boards";
import type { Partial } from "@/lib/contract/topology";
import { RANGES, readRange } from "./ranges";

interface BoardFrameProps {
  note: ReactNode;
  /** What is missing besides figures. */
  partial?: readonly Partial[];
  data: BoardData | undefined;
  error: ApiError | null;
  onRetry: () => void;
  /** The picker, variables, what can be done with the board. */
  controls: ReactNode;
  children: ReactNode;
}

/** So many refreshes without an answer make figures old. */
const MISSED = 4;

/** What all boards have: how old, what is missing, the header with the range. */
export function BoardFrame({ note, partial = [], data, error, onRetry, controls, children }: BoardFrameProps) {
  const { get, setUrl } = useUrlState();
  const range = readRange(get("range"));
  const parts = useUnsaid([...partial, ...(data?.partial ?? [])]);
  useReportPageData(data?.at ?? null, data?.queries ?? null);
  return (
    <>
      {data && <StaleStrip at={data.at} error={error} freshMs={MISSED * boardRefreshMs(range)} onRetry={onRetry} />}
      <PartialBanner parts={parts} />
      <PageHeader title="Metrics" note={note}>
        {controls}
        <Segmented
          label="Range of time"
          options={RANGES}
          value={range}
          onChange={(next) => setUrl({ range: next === "15m" ? null : next })}
        />
      </PageHeader>
      <div className="scroll-thin min-h-0 flex-1 overflow-auto p-4 max-sm:p-2">
        {error && !data ? (
          <ErrorState title="The board could not be read" message={error.message} hint={error.hint} onRetry={onRetry} />
        ) : (
          children
        )}
      </div>
    </>
  );
}
