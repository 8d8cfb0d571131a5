"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { EnvoyConfig } from "@/lib/contract/envoy-config";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";

/** A whole configuration is asked of one Envoy: often enough to see a change arrive, not more. */
const PERIOD_MS = 5_000;

/** What a sidecar's Envoy says it has, by node id; null asks nothing. */
export function useEnvoyConfig(id: string | null): UseQueryResult<EnvoyConfig, ApiError> {
  return useQuery<EnvoyConfig, ApiError>({
    queryKey: queryKeys.envoyConfig(id ?? ""),
    enabled: id !== null,
    refetchInterval: PERIOD_MS,
    queryFn: ({ signal }) => getJson("envoyConfig", `/api/proxies/${encodeURIComponent(id ?? "")}/envoy`, signal),
  });
}
