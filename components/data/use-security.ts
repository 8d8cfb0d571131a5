"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Security } from "@/lib/contract/security";
import type { ApiError } from "./api-error";
import { securityPath } from "./paths";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useInterest } from "./stream-provider";

/** What is encrypted and by which certificates. Live by the stream, or with `at` (unix milliseconds) as it was then. */
export function useSecurity(window = "60s", at: number | null = null): UseQueryResult<Security, ApiError> {
  const refetchInterval = useInterest("security", at === null ? window : null);
  return useQuery<Security, ApiError>({
    queryKey: queryKeys.security(window, at),
    refetchInterval,
    queryFn: ({ signal }) => getJson("security", securityPath({ window, at }), signal),
    placeholderData: keepPreviousData,
  });
}
