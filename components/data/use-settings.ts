"use client";
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useRefreshInterval } from "@/components/settings/refresh";
import type {
  DataSource,
  DataSources,
  MeshConfigBody,
  MeshConfigWrite,
  MeshConfigWritten,
} from "@/lib/contract/settings";
import { SOURCE_IDS } from "@/lib/contract/source-ids";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson, sendJson } from "./request";
import { withQuery } from "./with-query";

/** Asked while the page is in sight: a check costs each source a question. */
const CHECK_MS = 15_000;

export interface SourceCheck {
  readonly id: DataSource["id"];
  readonly source: DataSource | null;
  readonly error: ApiError | null;
  readonly checking: boolean;
  readonly again: () => void;
}

/** Every data source, each asked on its own: one that hangs keeps no other waiting. */
export function useDataSources(): readonly SourceCheck[] {
  const refetchInterval = useRefreshInterval(CHECK_MS);
  return useQueries({
    queries: SOURCE_IDS.map((id) => ({
      queryKey: queryKeys.dataSource(id),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getJson("dataSources", withQuery("/api/settings/sources", { id }), signal),
      refetchInterval,
      retry: false,
    })),
    combine: (results) =>
      results.map((result, index): SourceCheck => {
        const { data, error, isFetching, refetch } = result as UseQueryResult<DataSources, ApiError>;
        return {
          id: SOURCE_IDS[index] ?? "kubernetes",
          source: data?.items[0] ?? null,
          error,
          checking: isFetching,
          again: () => void refetch(),
        };
      }),
  });
}

/** The MeshConfig as it is stored; the stream says when it changed. */
export function useMeshConfig(): UseQueryResult<MeshConfigBody, ApiError> {
  return useQuery<MeshConfigBody, ApiError>({
    queryKey: queryKeys.meshConfig(),
    queryFn: ({ signal }) => getJson("meshConfig", "/api/settings/mesh", signal),
  });
}

/** The error is an ApiError: `fields` by path, `live` on a conflict. */
export function useMeshConfigWrite(): UseMutationResult<MeshConfigWritten, ApiError, MeshConfigWrite> {
  const queries = useQueryClient();
  return useMutation<MeshConfigWritten, ApiError, MeshConfigWrite>({
    mutationFn: (write) => sendJson("meshConfigReplace", "/api/settings/mesh", { method: "PUT", body: write }),
    onSuccess: async (_written, { dryRun }) => {
      if (!dryRun) await queries.invalidateQueries({ queryKey: queryKeys.meshConfig() });
    },
  });
}
