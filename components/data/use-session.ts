"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Session } from "@/lib/contract/session";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { getJson, sendJson } from "./request";

/** While nobody is signed in any more: somebody may sign in again in another tab. */
const ENDED_MS = 2_000;

/** Who is signed in. Asked again when an answer says that nobody is, and when the stream breaks. */
export function useSession(): UseQueryResult<Session, ApiError> {
  return useQuery<Session, ApiError>({
    queryKey: queryKeys.session(),
    queryFn: ({ signal }) => getJson("session", "/api/session", signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchInterval: ({ state: { data } }) => (data && hasEnded(data) ? ENDED_MS : false),
  });
}

export function hasEnded({ login, user }: Session): boolean {
  return login !== "none" && user === null;
}

/** Ends the session and goes to where one signs in. Throws ApiError. */
export async function signOut(): Promise<void> {
  await sendJson("signOut", "/api/session", { method: "DELETE" });
  window.location.assign("/login");
}
