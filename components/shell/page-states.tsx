"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ApiError } from "@/components/data/api-error";
import { ErrorState } from "@/components/ui/error-state";
import { MeasuredProvider } from "@/components/ui/measured";
import { PartialBanner } from "@/components/ui/partial-banner";
import type { Partial } from "@/lib/contract/topology";
import { isMeasured } from "@/lib/topology/measured";
import { PageHeader } from "./page-header";
import { StaleStrip } from "./stale-strip";
import { useUnsaid } from "./use-unsaid";

interface PageStatesProps<T> {
  /** The page's name: it stands there from the first moment, whatever comes of its content. */
  title: string;
  /** A sentence without a full stop: "The splits could not be read". */
  unreadable: string;
  result: Pick<UseQueryResult<T, ApiError>, "data" | "error" | "dataUpdatedAt"> & { readonly refetch: () => unknown };
  /** Of the size of what comes. */
  skeleton: ReactNode;
  /** The loaded page, its header included. */
  children: (data: T) => ReactNode;
}

/** What every page shows around its content: nothing yet, nothing at all and why, parts missing, or old figures with their age. */
export function PageStates<T extends { readonly partial: readonly Partial[]; readonly at?: number }>({
  title,
  unreadable,
  result,
  skeleton,
  children,
}: PageStatesProps<T>) {
  const { data, error, refetch, dataUpdatedAt } = result;
  const retry = () => void refetch();
  const parts = useUnsaid(data?.partial ?? []);
  if (!data) {
    return (
      <>
        <PageHeader title={title} />
        {error ? <ErrorState title={unreadable} message={error.message} hint={error.hint} onRetry={retry} /> : skeleton}
      </>
    );
  }
  return (
    <>
      {/* A page that is live only by changes has nothing new to say for long: then only an error makes it old. */}
      <StaleStrip
        at={data.at ?? dataUpdatedAt}
        error={error}
        onRetry={retry}
        {...(data.at === undefined ? { freshMs: Number.POSITIVE_INFINITY } : {})}
      />
      <PartialBanner parts={parts} />
      <MeasuredProvider value={isMeasured(data.partial)}>{children(data)}</MeasuredProvider>
    </>
  );
}
