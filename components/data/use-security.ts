"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Security, SecuritySchema } from "@/lib/contract/security";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson, withQuery } from "./request";
import { useInterest } from "./stream-provider";

/** What is encrypted and by which certificates. Live by the stream. */
export function useSecurity(window = "60s"): UseQueryResult<Security, ApiError> {
  const refetchInterval = useInterest("security", window);
  return useQuery<Security, ApiError>({
    queryKey: queryKeys.security(window),
    refetchInterval,
    queryFn: ({ signal }) => getJson(SecuritySchema, withQuery("/api/security", { window }), signal),
    placeholderData: keepPreviousData,
  });
}
