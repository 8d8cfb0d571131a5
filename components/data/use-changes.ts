"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Changes } from "@/lib/contract/changes";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { withQuery } from "./with-query";

const NO_RANGE = { since: 0, until: 0 };

/**
 * What changed of the mesh between two instants (unix milliseconds), newest first; null asks nothing. The stream says when it
 * is out of date. Let a range that moves move in whole steps, or every render asks anew.
 */
export function useChanges(
  range: {
    readonly since: number;
    readonly until: number;
  } | null,
): UseQueryResult<Changes, ApiError> {
  return useQuery<Changes, ApiError>({
    queryKey: queryKeys.changes(range ?? NO_RANGE),
    enabled: range !== null,
    queryFn: ({ signal }) => getJson("changes", withQuery("/api/changes", { ...range }), signal),
    placeholderData: keepPreviousData,
  });
}
