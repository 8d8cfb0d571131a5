"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { EmbedData } from "@/lib/contract/embeds";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";

const REFRESH_MS = 5_000;

/** What a signed link shows, asked for anew while it is looked at. The last good figures stay when an answer does not come. */
export function useEmbed(token: string): UseQueryResult<EmbedData, ApiError> {
  return useQuery<EmbedData, ApiError>({
    queryKey: queryKeys.embed(token),
    queryFn: ({ signal }) => getJson("embedData", `/api/embeds/${token}/data`, signal),
    refetchInterval: REFRESH_MS,
  });
}
