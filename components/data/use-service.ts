"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { KubeEvents, ServiceDetail, ServiceTrends } from "@/lib/contract/services";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { withQuery } from "./with-query";

const PERIOD_MS = 3_000;
const TRENDS_MS = 45_000;

/**
 * Everything about one service or workload, by node id: asked again every 3 s while it is in sight, or with `at` (unix
 * milliseconds) as it was then.
 */
export function useServiceDetail(
  id: string,
  window: string,
  at: number | null,
): UseQueryResult<ServiceDetail, ApiError> {
  return useQuery<ServiceDetail, ApiError>({
    queryKey: queryKeys.service(id, window, at),
    refetchInterval: at === null ? PERIOD_MS : false,
    queryFn: ({ signal }) => {
      const { route, path } = detailOf(id);
      return getJson(route, withQuery(path, { window, at }), signal);
    },
    placeholderData: (before) => (before?.node.id === id ? before : undefined),
  });
}

function detailOf(id: string): { readonly route: "service" | "workload"; readonly path: string } {
  const [namespace = "", kind = "", ...name] = id.split("/");
  const route = kind === "service" ? "service" : "workload";
  const parts = route === "service" ? ["services", namespace, ...name] : ["workloads", namespace, kind, ...name];
  return { route, path: `/api/${parts.map(encodeURIComponent).join("/")}` };
}

/** What Kubernetes reported of a service or workload. */
export function useKubeEvents(id: string): UseQueryResult<KubeEvents, ApiError> {
  return useQuery<KubeEvents, ApiError>({
    queryKey: queryKeys.events(id),
    refetchInterval: PERIOD_MS,
    queryFn: ({ signal }) => getJson("events", withQuery("/api/events", { node: id }), signal),
  });
}

/** Requests a second of every service over the last 15 minutes; null while nobody looks at them. */
export function useServiceTrends(): UseQueryResult<ServiceTrends, ApiError> {
  return useQuery<ServiceTrends, ApiError>({
    queryKey: queryKeys.serviceTrends(),
    refetchInterval: TRENDS_MS,
    queryFn: ({ signal }) => getJson("serviceTrends", "/api/services/trends", signal),
    placeholderData: keepPreviousData,
  });
}
