"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { CoverageBody } from "@/lib/contract/coverage";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";

/** The policy in it is of now, the hour it is held against is read at most every 30 s. */
const PERIOD_MS = 5_000;

/** What policy leaves open, unused or wider than needed. */
export function useCoverage(): UseQueryResult<CoverageBody, ApiError> {
  return useQuery<CoverageBody, ApiError>({
    queryKey: queryKeys.coverage(),
    refetchInterval: PERIOD_MS,
    queryFn: ({ signal }) => getJson("coverage", "/api/coverage", signal),
    placeholderData: keepPreviousData,
  });
}
