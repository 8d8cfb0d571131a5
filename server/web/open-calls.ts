/** GET /api/calls/stream: calls as they are told, for one reader at the reader's own pace. */
import type { Call, CallEvents, CallFilter } from "@/lib/contract/calls";
import { createLogger } from "@/server/platform/log";
import { callTestIn } from "./call-about";
import type { FeedEvent } from "./call-feed";
import { withWhy } from "./call-why";
import { type WebContext, webContext } from "./context";
import { encodeEvent, eventResponse, type Offer } from "./event-queue";

const HEARTBEAT_MS = 5_000;
/** What a reader who is behind is owed at most; the rest is counted as missed. */
const MOST_WAITING = 500;
const MOST_AT_FIRST = 1_000;

export type CallSources = Pick<WebContext, "calls" | "mesh">;

const log = createLogger("dashboard");

export function openCalls(filter: CallFilter, signal: AbortSignal, sources: CallSources = webContext()): Response {
  return eventResponse(signal, (offer) => {
    const push = pusher(filter, sources, offer);
    const end = sources.calls.subscribe((event) => {
      push(event).catch((error: unknown) => log.error({ event: "stream.failed", err: error }, "unexpected error"));
    });
    const heartbeat = setInterval(() => offer("heartbeat", () => event("heartbeat", { at: Date.now() })), HEARTBEAT_MS);
    return () => {
      clearInterval(heartbeat);
      end();
    };
  });
}

function pusher(filter: CallFilter, sources: CallSources, offer: Offer): (event: FeedEvent) => Promise<void> {
  let waiting: Call[] = [];
  let missed = 0;
  return async (told) => {
    if (told.kind === "partial") return offer("partial", () => event("partial", { partial: [...told.partial] }));
    const view = await sources.mesh();
    const fits = callTestIn(view.model, filter);
    if (told.kind === "snapshot") {
      waiting = [];
      missed = 0;
      const { items, sampleOneIn, partial } = told.state;
      const shown = items.filter(fits).slice(0, MOST_AT_FIRST);
      return offer("snapshot", () => {
        return event("snapshot", { items: withWhy(view, shown), sampleOneIn, partial: [...partial] });
      });
    }
    const all = [...told.items.filter(fits), ...waiting];
    waiting = all.slice(0, MOST_WAITING);
    missed += told.missed + all.length - waiting.length;
    if (waiting.length === 0 && missed === 0) return;
    offer("calls", () => {
      const calls = event("calls", { items: withWhy(view, waiting), missed });
      waiting = [];
      missed = 0;
      return calls;
    });
  };
}

function event<Name extends keyof CallEvents>(name: Name, data: CallEvents[Name]): Uint8Array {
  return encodeEvent(name, data);
}
