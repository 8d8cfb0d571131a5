"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Namespaces } from "@/lib/contract/namespaces";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson } from "./request";

/** Namespaces with their ServiceAccounts and Services: what forms offer to choose from. */
export function useNamespaces(): UseQueryResult<Namespaces, ApiError> {
  return useQuery<Namespaces, ApiError>({
    queryKey: queryKeys.namespaces(),
    queryFn: ({ signal }) => getJson("namespaces", "/api/namespaces", signal),
  });
}
