"use client";
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { SmiList, SmiWritten } from "@/lib/contract/smi";
import type { SmiPlural } from "@/lib/contract/smi-plurals";
import type { KubeObject } from "@/lib/kube/objects";
import { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson, sendJson } from "./request";
import { withQuery } from "./with-query";

/** Every object of one SMI kind, in the version it is stored in, with its problems. */
export function useSmiList(plural: SmiPlural): UseQueryResult<SmiList, ApiError> {
  return useQuery<SmiList, ApiError>({
    queryKey: queryKeys.smi(plural),
    queryFn: ({ signal }) => getJson("smiList", `/api/smi/${plural}`, signal),
  });
}

/**
 * One write. `replace` carries the resourceVersion the object was edited from: when somebody changed it meanwhile the
 * error is a `conflict` whose `live` is the object as it is now, and nothing was written.
 */
export type SmiChange =
  | { readonly verb: "create"; readonly plural: SmiPlural; readonly object: KubeObject; readonly dryRun?: boolean }
  | { readonly verb: "replace"; readonly plural: SmiPlural; readonly object: KubeObject; readonly dryRun?: boolean }
  | { readonly verb: "delete"; readonly plural: SmiPlural; readonly object: KubeObject; readonly dryRun?: boolean };

/** The object as stored; null after a delete. The error is an ApiError: `fields` by path, `live` on a conflict. */
export function useSmiWrite(): UseMutationResult<SmiWritten["object"] | null, ApiError, SmiChange> {
  const queries = useQueryClient();
  return useMutation<SmiWritten["object"] | null, ApiError, SmiChange>({
    mutationFn: write,
    onSuccess: async (_object, change) => {
      if (change.dryRun) return;
      await Promise.all([
        queries.invalidateQueries({ queryKey: queryKeys.smi(change.plural) }),
        queries.invalidateQueries({ queryKey: ["splits"] }),
        queries.invalidateQueries({ queryKey: ["access"] }),
      ]);
    },
  });
}

async function write(change: SmiChange): Promise<SmiWritten["object"] | null> {
  const { object, plural, dryRun = false } = change;
  if (change.verb === "create") {
    return (await sendJson("smiCreate", `/api/smi/${plural}`, { method: "POST", body: { object, dryRun } })).object;
  }
  const { namespace, name, resourceVersion } = object.metadata;
  if (!namespace || !resourceVersion) {
    throw new ApiError({
      code: "invalid_request",
      message: `${object.kind} ${name} has no ${namespace ? "resourceVersion" : "namespace"}, so nobody can tell what it would overwrite.`,
      hint: "Load it again and repeat the change.",
    });
  }
  const path = `/api/smi/${plural}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  if (change.verb === "replace") {
    return (await sendJson("smiReplace", path, { method: "PUT", body: { object, dryRun } })).object;
  }
  const query = { resourceVersion, dryRun: dryRun ? "true" : null };
  await sendJson("smiDelete", withQuery(path, query), { method: "DELETE" });
  return null;
}
