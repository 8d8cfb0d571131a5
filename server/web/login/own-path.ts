/** Where to go on after signing in: a page of this dashboard, whatever the address says. */
export const HOME = "/overview";

/** `text` when it is a path of ours with its query; else the first page. */
export function ownPath(text: string | null | undefined): string {
  // Backslashes and control characters are slashes, or nothing, to a browser.
  if (!text || !/^\/[^/\\]/.test(text) || /[\\\p{Cc}]/u.test(text)) return HOME;
  const base = "http://own.invalid";
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (url === null || url.origin !== base || /^\/(api|login|_next)(\/|$)/.test(url.pathname)) return HOME;
  return `${url.pathname}${url.search}${url.hash}`;
}
