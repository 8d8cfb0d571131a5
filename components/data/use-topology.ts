"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Topology } from "@/lib/contract/topology";
import type { ApiError } from "./api-error";
import { topologyPath } from "./paths";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useInterest } from "./stream-provider";

/**
 * The service graph over `window` (`30s`, `5m`). Live by the stream, or with `at` (unix milliseconds) as it was then.
 * Not `enabled` it asks nothing. While another window loads the picture before stays (`isPlaceholderData`).
 */
export function useTopology(
  window: string,
  at: number | null = null,
  enabled = true,
): UseQueryResult<Topology, ApiError> {
  const refetchInterval = useInterest("topology", at === null && enabled ? window : null);
  return useQuery<Topology, ApiError>({
    queryKey: queryKeys.topology(window, at),
    enabled,
    refetchInterval,
    queryFn: ({ signal }) => getJson("topology", topologyPath({ window, at }), signal),
    placeholderData: keepPreviousData,
    // Each frame is another: comparing 10,000 edges field by field would hold the page up and find nothing equal.
    structuralSharing: false,
    staleTime: at === null ? 5_000 : Number.POSITIVE_INFINITY,
  });
}
