"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ApiError } from "./api-error";
import { StreamProvider } from "./stream-provider";

/** Errors that asking again does not mend. */
const FINAL = new Set(["invalid_request", "unauthenticated", "forbidden", "not_found", "conflict", "unprocessable"]);

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The stream brings what is new: nothing is asked again because a window was focused.
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => !(error instanceof ApiError && FINAL.has(error.code)) && count < 2,
      },
      mutations: { retry: false },
    },
  });
}

/** Around every page: the cache of answers and the one stream that keeps them fresh. */
export function DataProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <StreamProvider>{children}</StreamProvider>
    </QueryClientProvider>
  );
}
