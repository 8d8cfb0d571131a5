"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Problems } from "@/lib/contract/namespaces";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { useInterest } from "./stream-provider";

/** What is wrong with the mesh's objects. Live by the stream. */
export function useProblems(): UseQueryResult<Problems, ApiError> {
  const refetchInterval = useInterest("problems", "on");
  return useQuery<Problems, ApiError>({
    queryKey: queryKeys.problems(),
    refetchInterval,
    queryFn: ({ signal }) => getJson("problems", "/api/problems", signal),
  });
}
