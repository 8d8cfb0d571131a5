/** GET /api/pods/{namespace}/{name}/logs: a container's log as Kubernetes gives it, with the reader's rights. */
import { windowSeconds } from "@/lib/contract/window";
import type { KubeClient } from "@/server/kube/client";
import { webContext } from "./context";
import { untilViewerLeft } from "./login/viewer";

export interface LogsAsked {
  readonly container: string;
  readonly tailLines: number;
  readonly since?: string | undefined;
  readonly follow: "true" | "false";
  readonly previous: "true" | "false";
}

/** What one answer brings at most; a log that is followed for long is asked for again by the page. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Text, a line each with its RFC 3339 time in front. Errors before the first byte are the API's: `not_found`, `forbidden`. */
export async function openLogs(
  pod: { readonly namespace: string; readonly name: string },
  asked: LogsAsked,
  signal: AbortSignal,
  client: Pick<KubeClient, "logs"> = webContext().client(),
): Promise<Response> {
  const { container, tailLines, since, follow, previous } = asked;
  const gone = new AbortController();
  const either = AbortSignal.any([signal, gone.signal]);
  const pieces = await client.logs(pod, {
    container,
    tailLines,
    sinceSeconds: since === undefined ? undefined : (windowSeconds(since) ?? undefined),
    follow: follow === "true",
    previous: previous === "true",
    timestamps: true,
    limitBytes: MOST_BYTES,
    signal: either,
  });
  return new Response(
    streamOf(
      pieces,
      gone,
      untilViewerLeft(() => gone.abort()),
    ),
    {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        // A line that is held back to be compressed with the next ones is no live log.
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff",
      },
    },
  );
}

/** Reads on only as fast as the reader takes it; ends the question when the reader goes. */
function streamOf(pieces: AsyncIterable<Buffer>, gone: AbortController, over: () => void): ReadableStream<Uint8Array> {
  const reading = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await reading.next();
          if (next.done) {
            over();
            controller.close();
          } else controller.enqueue(next.value);
        } catch {
          // The connection broke or the reader went: what came so far stands, and the page asks again.
          over();
          controller.close();
        }
      },
      cancel() {
        over();
        gone.abort();
      },
    },
    { highWaterMark: 1 },
  );
}
