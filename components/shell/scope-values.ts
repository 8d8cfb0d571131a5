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

/** As Next gives a page the query of its URL. */
export type PageQuery = Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;

/** The shared parameters of a page's query. */
export async function readScope(
  query: PageQuery,
): Promise<{ readonly window: string; readonly at: number | null; readonly ns: string | null }> {
  const asked = await query;
  // Of a parameter that comes twice the first counts, as it does for URLSearchParams.
  const first = (name: string) => [asked[name]].flat()[0] || null;
  return { window: readWindow(first("window")), at: readInstant(first("at")), ns: first("ns") };
}
