"use client";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { decodeFrames, type FrameSet } from "@/lib/topology/frames";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";
import { withQuery } from "./with-query";

export interface FramesAsked {
  /** `1h`. */
  readonly range: string;
  /** What rates are taken over: `30s`. */
  readonly window: string;
  /** End of the range, unix milliseconds; null for now. */
  readonly end: number | null;
}

/** The newest frame is no younger than a scrape, so asking more often brings nothing. */
const LEAST_REFRESH_MS = 10_000;

/**
 * The graph over a range of time, held here: any moment of it is read without another request. null asks nothing. `live`: it is
 * moved on by itself, a step at a time.
 */
export function useFrames(asked: FramesAsked | null, live: boolean): UseQueryResult<FrameSet, ApiError> {
  const { range, window, end } = asked ?? { range: "", window: "", end: null };
  return useQuery<FrameSet, ApiError>({
    queryKey: queryKeys.frames(range, window, end),
    enabled: asked !== null,
    queryFn: async ({ signal }) => {
      const path = withQuery("/api/topology/frames", { range, window, at: end });
      return decodeFrames(await getJson("frames", path, signal));
    },
    refetchInterval: ({ state }) => live && end === null && Math.max(LEAST_REFRESH_MS, state.data?.stepMs ?? 0),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    // Comparing the columns of two answers would cost more than either.
    structuralSharing: false,
  });
}
