/** Before a page: whether somebody is signed in. Its answers are asked for one by one, and judged there (enter.ts). */
import { AppError } from "@/lib/contract/errors";
import { guardSettings } from "../guard-settings";
import { identityOf } from "./identity-of";
import { ownPath } from "./own-path";

/** Answered without a session, or with words of their own. */
const OPEN = /^\/(api|metrics|embed|login|_next)(\/|$)|^\/icon\.svg$/;

/** Where to sign in first; null: the page may be shown. `path`: with its query. */
export function pageDoor(path: string, headers: Pick<Headers, "get">): string | null {
  const pathname = path.split("?", 1)[0] ?? path;
  if (OPEN.test(pathname) || !signedOut(headers)) return null;
  return `/login?${new URLSearchParams({ to: pathname === "/" ? ownPath(null) : ownPath(path) })}`;
}

function signedOut(headers: Pick<Headers, "get">): boolean {
  try {
    return guardSettings().login.kind !== "none" && identityOf(headers) === null;
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}
