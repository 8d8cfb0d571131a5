/** What pages ask first, known by their URL alone. */
import { readScope, type ScopeValues } from "@/components/shell/scope-values";
import { accessPath, overviewPath, SPLITS_WINDOW, securityPath, splitsPath, topologyPath } from "./paths";

const QUESTIONS: Readonly<Record<string, (scope: ScopeValues) => string>> = {
  "/access": accessPath,
  "/graph": topologyPath,
  "/overview": overviewPath,
  "/security": securityPath,
  "/services": topologyPath,
  "/splits": (scope) => splitsPath({ ...scope, window: SPLITS_WINDOW }),
};

/** The path that a page (`/graph?window=5m`) asks as it begins, as its hook writes it; null for pages that ask nothing at once. */
export function firstQuestion(page: string): string | null {
  const { pathname, searchParams } = new URL(page, "http://page");
  return QUESTIONS[pathname]?.(readScope(searchParams)) ?? null;
}
