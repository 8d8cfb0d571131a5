import { AppError, type ErrorCode } from "@/lib/contract/errors";
import { createBackoff, pause } from "@/server/kube/backoff";
import type { Logger } from "@/server/platform/log";

/** Goes away by itself: worth waiting for. */
const PASSING: readonly ErrorCode[] = ["upstream_unavailable", "upstream_timeout", "upstream_malformed", "conflict"];

/** Repeats work until it succeeds, as long as what keeps it from it may pass. Anything else rejects at once. */
export async function untilDone<T>(
  what: string,
  work: () => Promise<T>,
  { log, signal }: { readonly log: Logger; readonly signal: AbortSignal },
): Promise<T> {
  const backoff = createBackoff({ firstMs: 200, maxMs: 5000 });
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || !PASSING.includes(error.code)) throw error;
      if (signal.aborted) throw error;
      const waitMs = backoff.next();
      log.warn({ event: "start.waiting", what, error: error.message, waitMs }, "trying again");
      await pause(waitMs, signal);
    }
  }
}
