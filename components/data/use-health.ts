"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Health } from "@/lib/contract/health";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useInterest } from "./stream-provider";

/** The parts by name. Live by the stream. */
export function useHealth(): UseQueryResult<Health, ApiError> {
  const refetchInterval = useInterest("health", "on");
  return useQuery<Health, ApiError>({
    queryKey: queryKeys.health(),
    refetchInterval,
    queryFn: ({ signal }) => getJson("health", "/api/health", signal),
  });
}
