"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useRefreshInterval } from "@/components/settings/refresh";
import type { Overview } from "@/lib/contract/overview";
import type { ApiError } from "./api-error";
import { overviewPath } from "./paths";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useInterest } from "./stream-provider";

/** What the stream does not bring: the overview of some namespaces. */
const PERIOD_MS = 5_000;

/**
 * The mesh in one screen over `window`. Live by the stream; with `at` (unix milliseconds) as it was then, with `ns` (`a,b`) of
 * these namespaces alone, asked again every 5 s.
 */
export function useOverview(
  window: string,
  { at, ns }: { readonly at: number | null; readonly ns: string | null },
): UseQueryResult<Overview, ApiError> {
  const streamed = at === null && ns === null;
  const period = useRefreshInterval(PERIOD_MS);
  const fallback = useInterest("overview", streamed ? window : null);
  return useQuery<Overview, ApiError>({
    queryKey: queryKeys.overview(window, { at, ns }),
    refetchInterval: streamed ? fallback : at === null ? period : false,
    queryFn: ({ signal }) => getJson("overview", overviewPath({ window, at, ns }), signal),
    placeholderData: keepPreviousData,
    staleTime: at === null ? 5_000 : Number.POSITIVE_INFINITY,
  });
}
