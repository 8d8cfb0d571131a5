"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Access } from "@/lib/contract/access";
import type { ApiError } from "./api-error";
import { accessPath } from "./paths";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useInterest } from "./stream-provider";

/** Who may call whom, and who did in `window`. Live by the stream, or with `at` (unix milliseconds) as it was then. */
export function useAccess(window = "60s", at: number | null = null): UseQueryResult<Access, ApiError> {
  const refetchInterval = useInterest("access", at === null ? window : null);
  return useQuery<Access, ApiError>({
    queryKey: queryKeys.access(window, at),
    refetchInterval,
    queryFn: ({ signal }) => getJson("access", accessPath({ window, at }), signal),
    placeholderData: keepPreviousData,
  });
}
