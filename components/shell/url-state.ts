"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect } from "react";
import { leaving } from "./leaving";

/** What to change in the URL's query; null takes a parameter out. */
export type UrlChange = Readonly<Record<string, string | null>>;

/** The query with a change applied. Order stays, so that a URL reads the same after going there and back. */
export function changeQuery(query: string, change: UrlChange): string {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  // Node ids have slashes and edges a `>`: legible where the standard allows it.
  return params.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
}

/** The address with a change applied to its query; null when it stays as it is. */
export function changeAddress(
  { pathname, search }: Pick<Location, "pathname" | "search">,
  change: UrlChange,
): string | null {
  const query = changeQuery(search, change);
  const url = query === "" ? pathname : `${pathname}?${query}`;
  return url === `${pathname}${search}` ? null : url;
}

/** As `setUrl` of useUrlState. */
function setUrl(change: UrlChange, mode: "push" | "replace" = "replace"): void {
  if (mode === "replace") {
    leaving.change(change, (wanted) => writeAddress(wanted, (url) => history.replaceState(null, "", url)));
    return;
  }
  // What somebody does on a page that is being left keeps them there: Next drops the page it was fetching.
  leaving.stay();
  writeAddress(change, (url) => history.pushState(null, "", url));
}

function writeAddress(change: UrlChange, write: (url: string) => void): void {
  // The address bar, not the last render: two changes in one tick must not undo each other, and one that comes late must not
  // bring back the page that was left.
  const url = changeAddress(location, change);
  if (url !== null) write(url);
}

/** Once in the shell: what waited for the next page is made known to it. */
export function useArrival(): void {
  const path = usePathname();
  const params = useSearchParams();
  // biome-ignore lint/correctness/useExhaustiveDependencies: an address is what one arrives at
  useEffect(() => leaving.arrived(), [path, params]);
}

/**
 * State that lives in the URL. `setUrl` changes parameters at once and without a request; `push` when Back should undo it (a
 * selection), otherwise the entry is replaced (a filter being typed).
 */
export function useUrlState(): {
  readonly get: (name: string) => string | null;
  readonly setUrl: (change: UrlChange, mode?: "push" | "replace") => void;
} {
  const params = useSearchParams();
  const get = useCallback((name: string) => params.get(name), [params]);
  return { get, setUrl };
}
