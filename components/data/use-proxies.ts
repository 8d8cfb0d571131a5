"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useRefreshInterval } from "@/components/settings/refresh";
import type { ProxyConfig } from "@/lib/contract/admin";
import type { ProxyList } from "@/lib/contract/proxies";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";

/** Each question goes to the controller. */
const PERIOD_MS = 3_000;

/** Every sidecar and how far its configuration has come; asked again every 3 s while the page is in sight. */
export function useProxies(): UseQueryResult<ProxyList, ApiError> {
  const refetchInterval = useRefreshInterval(PERIOD_MS);
  return useQuery<ProxyList, ApiError>({
    queryKey: queryKeys.proxies(),
    refetchInterval,
    queryFn: ({ signal }) => getJson("proxies", "/api/proxies", signal),
    placeholderData: keepPreviousData,
  });
}

/** What the controller gives to one sidecar, by node id; null asks nothing. */
export function useProxyConfig(id: string | null): UseQueryResult<ProxyConfig, ApiError> {
  return useQuery<ProxyConfig, ApiError>({
    queryKey: queryKeys.proxyConfig(id ?? ""),
    enabled: id !== null,
    queryFn: ({ signal }) => getJson("proxyConfig", `/api/proxies/${encodeURIComponent(id ?? "")}/config`, signal),
  });
}
