"use client";
import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import type { ExplanationBody } from "@/lib/contract/access";
import type { WhatIfChange, WhatIfResult } from "@/lib/contract/what-if";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson, sendJson } from "./request";
import { withQuery } from "./with-query";

/** What a change would do to the calls of the last minute. Nothing is written. */
export function useWhatIf(): UseMutationResult<WhatIfResult, ApiError, WhatIfChange> {
  return useMutation<WhatIfResult, ApiError, WhatIfChange>({
    mutationFn: (change) => sendJson("whatIf", "/api/what-if", { method: "POST", body: change }),
  });
}

/** Why one call is let through or refused. `source` is an identity key, `destination` a service key; null asks nothing. */
export function useExplanation(
  call: {
    readonly source: string;
    readonly destination: string;
    readonly method?: string;
    readonly path?: string;
  } | null,
): UseQueryResult<ExplanationBody, ApiError> {
  return useQuery<ExplanationBody, ApiError>({
    queryKey: queryKeys.explain({ ...call }),
    enabled: call !== null,
    queryFn: ({ signal }) => getJson("explain", withQuery("/api/access/explain", { ...call }), signal),
  });
}
