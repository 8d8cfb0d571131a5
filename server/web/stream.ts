/** GET /api/stream: the topics a page shows, pushed when they are new. One computation and one text serve every stream. */
import { AppError } from "@/lib/contract/errors";
import { SMI_PLURALS } from "@/lib/contract/smi-plurals";
import { WINDOW_TOPICS } from "@/lib/contract/stream-topics";
import { windowSeconds } from "@/lib/contract/window";
import type { MeshObjects } from "@/lib/mesh/input";
import { createLogger } from "@/server/platform/log";
import { type WebContext, webContext } from "./context";
import { encodeEvent, encodeEventText, eventResponse, type Offer } from "./event-queue";
import type { Frame } from "./frame";
import { errorBody } from "./http";
import type { MeshView } from "./mesh-view";
import { problemsOf } from "./namespaces";
import { viewers } from "./own-metrics";
import type { SharedText } from "./shared-text";
import { type Topic, topicText } from "./topic-text";
import type { TopicSources } from "./topics";

export type StreamWishes = Readonly<
  Partial<Record<(typeof WINDOW_TOPICS)[number] | "health" | "problems", string | undefined>>
>;

/** What a stream needs of the context. */
export type StreamSources = Pick<WebContext, "frames" | "health" | "mesh" | "onChange"> & TopicSources;

const HEARTBEAT_MS = 5_000;

const log = createLogger("dashboard");

export function openStream(wishes: StreamWishes, signal: AbortSignal, sources: StreamSources = webContext()): Response {
  return eventResponse(signal, (offer) => begin(sources, wishes, offer));
}

/** Starts what was wished; the returned function ends it. */
function begin(sources: StreamSources, wishes: StreamWishes, offer: Offer): () => void {
  const ends: (() => void)[] = [];
  for (const topic of WINDOW_TOPICS) {
    const seconds = windowSeconds(wishes[topic] ?? "");
    if (seconds === null) continue;
    const push = (frame: Frame) => tell(topic, eventOf(topic, frame, sources), offer);
    ends.push(sources.frames.subscribe(seconds, push));
  }
  if (wishes.health) ends.push(pushHealth(sources, offer));
  ends.push(pushChanges(sources, wishes.problems !== undefined, offer));
  const heartbeat = setInterval(
    () => offer("heartbeat", () => encodeEvent("heartbeat", { at: Date.now() })),
    HEARTBEAT_MS,
  );
  ends.push(() => clearInterval(heartbeat));
  viewers.inc();
  return () => {
    viewers.dec();
    for (const end of ends) end();
  };
}

const events = new WeakMap<SharedText, Uint8Array>();

/** A topic of a frame as an event, made when the first stream wants it. */
async function eventOf(topic: Topic, frame: Frame, sources: TopicSources): Promise<Uint8Array> {
  const text = await topicText(topic, frame, sources);
  const event = events.get(text) ?? encodeEventText(topic, text.bytes);
  events.set(text, event);
  return event;
}

function tell(topic: string, event: Promise<Uint8Array>, offer: Offer): void {
  event.then(
    (bytes) => offer(topic, () => bytes),
    (error: unknown) => {
      if (error instanceof AppError) {
        const failed = { topic, error: errorBody(error).error };
        offer(`failed ${topic}`, () => encodeEvent("failed", failed));
      } else log.error({ event: "stream.failed", topic, err: error }, "unexpected error");
    },
  );
}

/** Sent when it differs in more than its time. */
function pushHealth({ health }: StreamSources, offer: Offer): () => void {
  let last = "";
  return health.subscribe(0, ({ text, event }) => {
    if (text === last) return;
    last = text;
    offer("health", () => event);
  });
}

const RESOURCES: Readonly<Record<keyof MeshObjects, string>> = {
  namespaces: "namespaces",
  serviceAccounts: "namespaces",
  services: "namespaces",
  pods: "workloads",
  endpointSlices: "workloads",
  trafficSplits: SMI_PLURALS[0],
  trafficTargets: SMI_PLURALS[1],
  httpRouteGroups: SMI_PLURALS[2],
  tcpRoutes: SMI_PLURALS[3],
};
const FIELDS = Object.keys(RESOURCES) as (keyof MeshObjects)[];
const BESIDES = { meshConfig: "settings", deployments: "deployments" } as const;
const GATHER_MS = 100;

/**
 * Which lists are out of date, gathered for a moment; with it the problems, when they were wished. A stream begins with
 * all of them: what changed between the lists a page has and its stream nobody else would tell.
 */
function pushChanges(sources: StreamSources, problems: boolean, offer: Offer): () => void {
  let known: MeshView | null = null;
  let timer: NodeJS.Timeout | null = null;
  let changed = new Set<string>();
  const compare = (view: MeshView) => {
    for (const field of FIELDS) if (view.objects[field] !== known?.objects[field]) changed.add(RESOURCES[field]);
    for (const field of ["meshConfig", "deployments"] as const) {
      if (view[field] !== known?.[field]) changed.add(BESIDES[field]);
    }
    known = view;
    if (problems) offer("problems", () => problemsEvent(view));
    if (changed.size === 0) return;
    offer("changed", () => {
      const event = encodeEvent("changed", { resources: [...changed] });
      changed = new Set();
      return event;
    });
  };
  const look = () => {
    timer = null;
    sources.mesh().then(compare, (error: unknown) => {
      log.error({ event: "stream.failed", topic: "changed", err: error }, "unexpected error");
    });
  };
  look();
  const end = sources.onChange(() => {
    timer ??= setTimeout(look, GATHER_MS);
  });
  return () => {
    end();
    if (timer) clearTimeout(timer);
  };
}

const problemEvents = new WeakMap<MeshView["model"], Uint8Array>();

function problemsEvent(view: MeshView): Uint8Array {
  // What Kubernetes did not say is no part of the model: then the text is not shared.
  const known = view.partial.length === 0 ? problemEvents.get(view.model) : undefined;
  if (known) return known;
  const event = encodeEvent("problems", problemsOf(view));
  if (view.partial.length === 0) problemEvents.set(view.model, event);
  return event;
}
