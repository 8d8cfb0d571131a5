/** GET /api/stream: the topics a page shows, pushed when they are new. One computation serves every stream. */
import { AppError } from "@/lib/contract/errors";
import { SMI_PLURALS } from "@/lib/contract/smi";
import { WINDOW_TOPICS } from "@/lib/contract/stream";
import { windowSeconds } from "@/lib/contract/window";
import type { MeshObjects } from "@/lib/mesh/input";
import { createLogger } from "@/server/platform/log";
import { type WebContext, webContext } from "./context";
import type { Frame } from "./frame";
import { errorBody } from "./http";
import { viewers } from "./own-metrics";
import { currentHealth, currentProblems, TOPICS } from "./topics";

export type StreamWishes = Readonly<
  Partial<Record<(typeof WINDOW_TOPICS)[number] | "health" | "problems", string | undefined>>
>;

const HEARTBEAT_MS = 5_000;
const HEALTH_MS = 1_000;
/** A reader that takes nothing for so many events is ahead of nothing: what it missed comes with the next one. */
const MOST_WAITING = 64;

const log = createLogger("dashboard");

export function openStream(wishes: StreamWishes, signal: AbortSignal): Response {
  const context = webContext();
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (name: string, data: unknown) => {
          if ((controller.desiredSize ?? 0) <= -MOST_WAITING) return;
          controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
        };
        controller.enqueue(encoder.encode("retry: 1000\n\n"));
        stop = begin(context, wishes, send);
        signal.addEventListener("abort", () => {
          stop();
          try {
            controller.close();
          } catch {
            // The reader was faster.
          }
        });
      },
      cancel() {
        stop();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

type Send = (name: string, data: unknown) => void;

/** Starts what was wished; the returned function ends it, once. */
function begin(context: WebContext, wishes: StreamWishes, send: Send): () => void {
  const ends: (() => void)[] = [];
  for (const topic of WINDOW_TOPICS) {
    const seconds = windowSeconds(wishes[topic] ?? "");
    if (seconds === null) continue;
    const push = (frame: Frame) => tell(topic, () => TOPICS[topic](frame), send);
    ends.push(context.frames.subscribe(seconds, push));
  }
  if (wishes.health) ends.push(pushHealth(send));
  ends.push(pushChanges(context, wishes.problems !== undefined, send));
  const heartbeat = setInterval(() => send("heartbeat", { at: Date.now() }), HEARTBEAT_MS);
  ends.push(() => clearInterval(heartbeat));
  viewers.inc();
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    viewers.dec();
    for (const end of ends) end();
  };
}

function tell(topic: string, answer: () => Promise<unknown>, send: Send): void {
  answer().then(
    (data) => send(topic, data),
    (error: unknown) => {
      if (error instanceof AppError) send("failed", { topic, error: errorBody(error).error });
      else log.error({ event: "stream.failed", topic, err: error }, "unexpected error");
    },
  );
}

/** Looked at every second, sent when it differs in more than its time. */
function pushHealth(send: Send): () => void {
  let last = "";
  const look = () =>
    tell(
      "health",
      async () => currentHealth(),
      (name, data) => {
        const { at: _, ...rest } = data as { at: number };
        const text = JSON.stringify(rest);
        if (text === last) return;
        last = text;
        send(name, data);
      },
    );
  look();
  const timer = setInterval(look, HEALTH_MS);
  return () => clearInterval(timer);
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
const GATHER_MS = 100;

/** Which lists are out of date, gathered for a moment; with it the problems, when they were wished. */
function pushChanges(context: WebContext, problems: boolean, send: Send): () => void {
  let known: MeshObjects | null = null;
  let timer: NodeJS.Timeout | null = null;
  const look = async () => {
    timer = null;
    const { objects } = await context.mesh();
    const before = known;
    known = objects;
    if (problems) tell("problems", currentProblems, send);
    if (!before) return;
    const fields = (Object.keys(RESOURCES) as (keyof MeshObjects)[]).filter(
      (field) => objects[field] !== before[field],
    );
    const resources = [...new Set(fields.map((field) => RESOURCES[field]))];
    if (resources.length > 0) send("changed", { resources });
  };
  void look();
  const end = context.onChange(() => {
    timer ??= setTimeout(() => void look(), GATHER_MS);
  });
  return () => {
    end();
    if (timer) clearTimeout(timer);
  };
}
