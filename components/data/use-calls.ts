"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { CallsSummary } from "@/lib/contract/calls";
import type { ApiError } from "./api-error";
import { CallStore, type CallsState } from "./call-store";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { withQuery } from "./with-query";

/** Calls as they are told, of everything (null) or from and to one service or workload. A hidden page asks for none. */
export function useCalls(about: string | null): CallsState {
  const store = useMemo(() => new CallStore(() => new EventSource(withQuery("/api/calls/stream", { about }))), [about]);
  useEffect(() => {
    let stop = document.hidden ? null : store.start();
    const look = () => {
      if (!document.hidden) stop ??= store.start();
      else {
        stop?.();
        stop = null;
      }
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      stop?.();
    };
  }, [store]);
  return useSyncExternalStore(store.subscribe, store.state, store.state);
}

const PERIOD_MS = 5_000;

/** Calls of the last minutes by edge, method, shape of the path, status and policy. */
export function useCallAggregates(about: string, window = "5m"): UseQueryResult<CallsSummary, ApiError> {
  return useQuery<CallsSummary, ApiError>({
    queryKey: queryKeys.callAggregates(about, window),
    refetchInterval: PERIOD_MS,
    queryFn: ({ signal }) => getJson("callAggregates", withQuery("/api/calls/aggregates", { about, window }), signal),
  });
}
