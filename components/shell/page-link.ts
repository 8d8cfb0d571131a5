"use client";
import { useCallback } from "react";
import { useSharedQuery } from "./scope";
import { changeQuery, type UrlChange } from "./url-state";

/** Makes links to other pages: what all pages share (window, instant, namespaces) and what the link adds. */
export function usePageLink(): (path: string, change?: UrlChange) => string {
  const shared = useSharedQuery();
  return useCallback(
    (path, change = {}) => {
      const query = changeQuery(shared, change);
      return query === "" ? path : `${path}?${query}`;
    },
    [shared],
  );
}
