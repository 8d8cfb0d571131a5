"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Panel } from "@/lib/boards/panel";
import type { BoardData } from "@/lib/contract/boards";
import { windowSeconds } from "@/lib/contract/window";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { sendJson } from "./request";

/** As the server chooses its steps: nothing new comes between two of them. */
const POINTS = 120;
const LEAST_REFRESH_MS = 5_000;

/**
 * The figures of all panels over the last `range` (`15m`) in one request, in the panels' order, or up to `at` (unix
 * milliseconds). Asked again at every step of the range.
 */
export function useBoardData(
  panels: readonly Pick<Panel, "kind" | "source">[],
  { range, at }: { readonly range: string; readonly at: number | null },
): UseQueryResult<BoardData, ApiError> {
  const asked = {
    range,
    panels: panels.map(({ kind, source }) => ({ kind, source })),
    ...(at === null ? {} : { at }),
  };
  return useQuery<BoardData, ApiError, BoardData, ReturnType<typeof queryKeys.boardData>>({
    queryKey: queryKeys.boardData(asked),
    enabled: panels.length > 0,
    queryFn: ({ signal }) => sendJson("boardData", "/api/boards/data", { method: "POST", body: asked, signal }),
    refetchInterval: at === null ? boardRefreshMs(range) : false,
    // While another range loads the figures before stay; those of other panels would stand under wrong titles.
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey[1].panels) === JSON.stringify(asked.panels) ? before : undefined,
    staleTime: at === null ? LEAST_REFRESH_MS : Number.POSITIVE_INFINITY,
  });
}

/** How often the figures of a range (`15m`) are asked again: at each of its steps. */
export function boardRefreshMs(range: string): number {
  return Math.max(LEAST_REFRESH_MS, ((windowSeconds(range) ?? 900) * 1000) / POINTS);
}
