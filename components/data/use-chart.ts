"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useRefreshInterval } from "@/components/settings/refresh";
import type { Chart, ChartSubject } from "@/lib/contract/charts";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useHeld } from "./stream-provider";
import { type QueryValues, withQuery } from "./with-query";

/** How often a live chart asks again. */
const REFRESH_MS = 5_000;

/**
 * The lines of one chart over the last `range` (`15m`), or up to `at` (unix milliseconds). null as the subject asks
 * nothing. Step is chosen by the server, so that a chart has some 60 to 180 points.
 */
export function useChart(
  subject: ChartSubject | null,
  { range = "15m", at = null }: { readonly range?: string; readonly at?: number | null } = {},
): UseQueryResult<Chart, ApiError> {
  const held = useHeld();
  const refetchInterval = useRefreshInterval(REFRESH_MS);
  return useQuery<Chart, ApiError>({
    queryKey: queryKeys.chart(subject ?? { kind: "service", service: "" }, range, at),
    enabled: subject !== null,
    queryFn: ({ signal }) => getJson("charts", chartUrl(subject, range, at), signal),
    refetchInterval: at === null && !held ? refetchInterval : false,
    placeholderData: keepPreviousData,
  });
}

function chartUrl(subject: ChartSubject | null, range: string, at: number | null): string {
  const values: QueryValues = { ...subject };
  return withQuery("/api/charts", { ...values, range, at });
}
