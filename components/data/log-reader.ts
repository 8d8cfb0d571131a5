/** Reads the log of one container, piece by piece, as lines. Knows neither React nor the page. */
import { type LogLine, parseLogLine } from "@/lib/logs/line";
import { ApiError, apiErrorFrom, unreachable } from "./api-error";
import { withQuery } from "./with-query";

export interface LogSource {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Of the run before this one. */
  readonly previous: boolean;
  /** So many of the last lines to begin with. */
  readonly tailLines: number;
}

/**
 * Calls `onLines` with what comes; resolves when the log ends (the container did, or an older run has no more) and rejects
 * with an ApiError when it cannot be read. An aborted signal resolves.
 */
export async function readLog(
  source: LogSource,
  { onLines, signal }: { readonly onLines: (lines: readonly LogLine[]) => void; readonly signal: AbortSignal },
): Promise<void> {
  const { namespace, pod, container, previous, tailLines } = source;
  const path = `/api/pods/${encodeURIComponent(namespace)}/${encodeURIComponent(pod)}/logs`;
  const query = { container, tailLines, ...(previous ? { previous: "true" } : { follow: "true" }) };
  try {
    const response = await fetch(withQuery(path, query), { signal, cache: "no-store", credentials: "same-origin" });
    if (!response.ok) throw apiErrorFrom(response.status, await response.json().catch(() => null));
    if (response.body)
      await readLines(response.body, (texts) => onLines(texts.map((text) => parseLogLine(container, text))));
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof ApiError ? error : unreachable(error);
  }
}

async function readLines(body: ReadableStream<Uint8Array>, onTexts: (texts: readonly string[]) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const texts = (rest + (value ?? "")).split("\n");
    rest = texts.pop() ?? "";
    if (done && rest !== "") texts.push(rest);
    if (texts.length > 0) onTexts(texts);
    if (done) return;
  }
}
