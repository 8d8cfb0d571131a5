/** What the parameters that pages share say. Read by pages in the browser and as their HTML is made. */
import { RATE_BOUNDS, windowFault } from "@/lib/contract/window";

const DEFAULT_WINDOW = "30s";

/** `?window=`; 30 s when it is missing or no window. */
export function readWindow(asked: string | null): string {
  return asked !== null && windowFault(asked, RATE_BOUNDS) === null ? asked : DEFAULT_WINDOW;
}

/** `?at=`: the past instant, unix milliseconds; null for now. */
export function readInstant(asked: string | null): number | null {
  return asked !== null && /^[1-9]\d{0,15}$/.test(asked) ? Number(asked) : null;
}

export interface ScopeValues {
  readonly window: string;
  /** Unix milliseconds; null for now. */
  readonly at: number | null;
  /** Namespaces, `a,b`; null for all. */
  readonly ns: string | null;
}

/** The shared parameters of a page's query. */
export function readScope(query: URLSearchParams): ScopeValues {
  return {
    window: readWindow(query.get("window")),
    at: readInstant(query.get("at")),
    ns: query.get("ns") || null,
  };
}
