"use client";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Health } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { StreamProvider } from "./stream-provider";

/** Errors that asking again does not mend. */
const FINAL = new Set(["invalid_request", "unauthenticated", "forbidden", "not_found", "conflict", "unprocessable"]);

function makeClient({ health, session }: Known): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.code === "unauthenticated") void askWho(client);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The stream brings what is new: nothing is asked again because a window was focused.
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        // Once, after a second: who waits on an empty page is told why soon, and the next refresh asks again anyway.
        retry: (count, error) => !(error instanceof ApiError && FINAL.has(error.code)) && count < 1,
      },
      mutations: { retry: false },
    },
  });
  if (health !== null) client.setQueryData(queryKeys.health(), health);
  if (session !== null) client.setQueryData(queryKeys.session(), session);
  return client;
}

/** Whether the session has ended is asked, not guessed. */
function askWho(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: queryKeys.session() });
}

/** As it was when the page was made; null when it could not be told. */
interface Known {
  readonly health: Health | null;
  readonly session: Session | null;
}

interface DataProviderProps extends Known {
  readonly children: ReactNode;
}

/** Around every page: the cache of answers and the one stream that keeps them fresh. */
export function DataProvider({ children, ...known }: DataProviderProps) {
  const [client] = useState(() => makeClient(known));
  return (
    <QueryClientProvider client={client}>
      <StreamProvider>{children}</StreamProvider>
    </QueryClientProvider>
  );
}
