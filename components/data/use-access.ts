"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Access, AccessSchema } from "@/lib/contract/access";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson, withQuery } from "./request";
import { useInterest } from "./stream-provider";

/** Who may call whom, and who did in `window`. Live by the stream. */
export function useAccess(window = "60s"): UseQueryResult<Access, ApiError> {
  const refetchInterval = useInterest("access", window);
  return useQuery<Access, ApiError>({
    queryKey: queryKeys.access(window),
    refetchInterval,
    queryFn: ({ signal }) => getJson(AccessSchema, withQuery("/api/access", { window }), signal),
    placeholderData: keepPreviousData,
  });
}
