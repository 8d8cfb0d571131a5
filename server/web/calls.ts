/** GET /api/calls and /api/calls/aggregates. */
import type { Call, CallAggregate, CallFilter, CallList, CallsSummary } from "@/lib/contract/calls";
import { AppError } from "@/lib/contract/errors";
import { windowSeconds } from "@/lib/contract/window";
import { aboutEnds, callTestIn } from "./call-about";
import type { FeedState } from "./call-feed";
import { withWhy } from "./call-why";
import { webContext } from "./context";
import { NO_CONTROLLER } from "./controller-facts";
import type { MeshView } from "./mesh-view";
import { sourceAway } from "./source-away";

export interface CallsPage {
  readonly filter: CallFilter;
  readonly limit: number;
  /** Only calls before this one, by id. */
  readonly before: string | null;
}

/** Newest first. */
export function callPage(
  feed: FeedState,
  view: Pick<MeshView, "model" | "limits">,
  { filter, limit, before }: CallsPage,
): CallList {
  const fits = callTestIn(view.model, filter);
  const from = before === null ? null : numberOf(before);
  const found = feed.items.filter((call) => (from === null || numberOf(call.id) < from) && fits(call));
  const shown = found.slice(0, limit);
  return {
    items: withWhy(view, shown),
    before: found.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
    sampleOneIn: feed.sampleOneIn,
    partial: [...feed.partial],
  };
}

export async function showCalls(page: CallsPage): Promise<CallList> {
  const { calls, mesh } = webContext();
  const [feed, view] = await Promise.all([calls.latest(), mesh()]);
  return callPage(feed, view, page);
}

/** The counts of the last minutes, of everything or of one service or workload. */
export async function showCallAggregates(
  { about, window }: { readonly about?: string | undefined; readonly window: string },
  signal: AbortSignal,
): Promise<CallsSummary> {
  const { controllerClient: client, mesh } = webContext();
  const asked = windowSeconds(window) ?? 300;
  const nothing = { items: [], windowSeconds: asked, sampleOneIn: 1 };
  if (!client) return { ...nothing, partial: [NO_CONTROLLER] };
  try {
    const [found, { model }] = await Promise.all([client.callAggregates(asked, signal), mesh()]);
    const ends = about === undefined ? null : new Set(aboutEnds(model, about));
    const concerns = ({ source, destination }: CallAggregate) =>
      ends?.has(source ?? "") || ends?.has(destination ?? "");
    return { ...found, items: ends === null ? found.items : found.items.filter(concerns), partial: [] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...nothing, partial: [sourceAway("controller", error, null)] };
  }
}

/** Calls of one controller are numbered; another one's are all older. */
function numberOf(id: Call["id"]): number {
  return Number(id.split(".")[1] ?? 0);
}
