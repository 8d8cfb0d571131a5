"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Splits } from "@/lib/contract/splits";
import type { ApiError } from "./api-error";
import { splitsPath } from "./paths";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useInterest } from "./stream-provider";

/** Every TrafficSplit: what it asks for and what happened in `window`. Live by the stream, or with `at` (unix milliseconds) as it was then. */
export function useSplits(window = "60s", at: number | null = null): UseQueryResult<Splits, ApiError> {
  const refetchInterval = useInterest("splits", at === null ? window : null);
  return useQuery<Splits, ApiError>({
    queryKey: queryKeys.splits(window, at),
    refetchInterval,
    queryFn: ({ signal }) => getJson("splits", splitsPath({ window, at }), signal),
    placeholderData: keepPreviousData,
  });
}
