"use client";
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { Membership, MembershipSet, Rollouts } from "@/lib/contract/namespaces";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson, sendJson } from "./request";

const PERIOD_MS = 1_500;

/** Adds the namespace to the mesh or takes it out. It is tried without storing first, so a refusal changes nothing. */
export function useMembership(name: string): UseMutationResult<MembershipSet, ApiError, Membership> {
  const queries = useQueryClient();
  const path = `/api/namespaces/${encodeURIComponent(name)}/membership`;
  return useMutation<MembershipSet, ApiError, Membership>({
    mutationFn: async (change) => {
      await sendJson("namespaceMembership", path, { method: "PUT", body: { ...change, dryRun: true } });
      return sendJson("namespaceMembership", path, { method: "PUT", body: change });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.namespaces() }),
  });
}

/** The Deployments of a namespace and how far their rollouts have come. */
export function useRollouts(name: string): UseQueryResult<Rollouts, ApiError> {
  return useQuery<Rollouts, ApiError>({
    queryKey: queryKeys.rollouts(name),
    refetchInterval: PERIOD_MS,
    queryFn: ({ signal }) => getJson("rollouts", rolloutsPath(name), signal),
  });
}

/** Restarts every Deployment of the namespace. */
export function useRestart(name: string): UseMutationResult<Rollouts, ApiError, void> {
  const queries = useQueryClient();
  return useMutation<Rollouts, ApiError, void>({
    mutationFn: () => sendJson("restart", rolloutsPath(name), { method: "POST" }),
    onSuccess: (rollouts) => queries.setQueryData(queryKeys.rollouts(name), rollouts),
  });
}

function rolloutsPath(name: string): string {
  return `/api/namespaces/${encodeURIComponent(name)}/rollouts`;
}
