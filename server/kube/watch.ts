import type { IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import { AppError } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";
import { connectionError, kubeError } from "./errors";

export interface WatchEvent {
  /** A BOOKMARK's object carries nothing but a resourceVersion. */
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  readonly object: KubeObject;
}

export interface WatchOptions {
  readonly resourceVersion: string;
  /** The server ends the watch after this long. */
  readonly timeoutSeconds: number;
  /** Nothing heard for this long, bookmarks included: upstream_timeout. A connection may hang without breaking. */
  readonly idleSeconds?: number;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly signal: AbortSignal;
  readonly onEvent: (event: WatchEvent) => void;
  /** The server accepted the watch. */
  readonly onOpen?: () => void;
}

/** Real API servers send a bookmark about once a minute. */
const IDLE_SECONDS = 90;
const TYPES = new Set(["ADDED", "MODIFIED", "DELETED", "BOOKMARK"]);

/** Reads newline-separated events until the stream ends. An ERROR event, an unreadable line and silence all reject. */
export async function readWatch(
  response: IncomingMessage,
  options: Pick<WatchOptions, "onEvent" | "idleSeconds">,
  about: { readonly server: string; readonly doing: string },
): Promise<void> {
  const decoder = new StringDecoder("utf8");
  const idleMs = (options.idleSeconds ?? IDLE_SECONDS) * 1000;
  let silent = false;
  const idle = setTimeout(() => {
    silent = true;
    response.destroy(new Error(`nothing heard for ${idleMs / 1000} s`));
  }, idleMs);
  let rest = "";
  try {
    for await (const chunk of response) {
      idle.refresh();
      const lines = (rest + decoder.write(chunk as Buffer)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.trim() !== "") options.onEvent(parseEvent(line, about.doing));
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw connectionError(error, { ...about, timedOut: silent });
  } finally {
    clearTimeout(idle);
    response.destroy();
  }
}

function parseEvent(line: string, doing: string): WatchEvent {
  let event: { type?: unknown; object?: { code?: unknown; metadata?: unknown } | null } | null;
  try {
    event = JSON.parse(line);
  } catch (error) {
    throw malformed(doing, error);
  }
  if (event?.type === "ERROR") {
    const code = event.object?.code;
    throw kubeError(typeof code === "number" ? code : 500, event.object, doing);
  }
  if (typeof event?.type !== "string" || !TYPES.has(event.type) || !event.object?.metadata) throw malformed(doing);
  return event as unknown as WatchEvent;
}

function malformed(doing: string, cause?: unknown): AppError {
  return new AppError("upstream_malformed", `The Kubernetes API sent a line that is no event when asked to ${doing}.`, {
    hint: "What is between Meshdeck and the API may have cut the stream: look at proxies and load balancers.",
    cause,
  });
}
