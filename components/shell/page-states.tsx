"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ApiError } from "@/components/data/api-error";
import { useHeld } from "@/components/data/stream-provider";
import { ErrorState } from "@/components/ui/error-state";
import { PartialBanner } from "@/components/ui/partial-banner";
import { StaleBanner } from "@/components/ui/stale-banner";
import { useNow } from "@/components/ui/use-now";
import type { Partial } from "@/lib/contract/topology";
import { PageHeader } from "./page-header";
import { useInstant } from "./scope";

interface PageStatesProps<T> {
  /** The page's name: it stands there from the first moment, whatever comes of its content. */
  title: string;
  /** A sentence without a full stop: "The splits could not be read". */
  unreadable: string;
  result: Pick<UseQueryResult<T, ApiError>, "data" | "error" | "refetch" | "dataUpdatedAt">;
  /** Of the size of what comes. */
  skeleton: ReactNode;
  /** The loaded page, its header included. */
  children: (data: T) => ReactNode;
}

/** Figures older than this are said to be. A live page renews them every few seconds. */
const STALE_MS = 20_000;

/** What every page shows around its content: nothing yet, nothing at all and why, parts missing, or old figures with their age. */
export function PageStates<T extends { readonly partial: readonly Partial[]; readonly at?: number }>({
  title,
  unreadable,
  result,
  skeleton,
  children,
}: PageStatesProps<T>) {
  const { data, error, refetch, dataUpdatedAt } = result;
  const now = useNow();
  const past = useInstant() !== null;
  const held = useHeld();
  const retry = () => void refetch();
  if (!data) {
    return (
      <>
        <PageHeader title={title} />
        {error ? <ErrorState title={unreadable} message={error.message} hint={error.hint} onRetry={retry} /> : skeleton}
      </>
    );
  }
  const at = data.at ?? dataUpdatedAt;
  // A page that is live only by changes has nothing new to say for long: then only an error makes it old.
  const old = data.at !== undefined && !past && !held && now - at > STALE_MS;
  return (
    <>
      {(error !== null || old) && (
        <StaleBanner at={at} message={error?.message ?? "Nothing newer has come."} hint={error?.hint} onRetry={retry} />
      )}
      <PartialBanner parts={data.partial} />
      {children(data)}
    </>
  );
}
