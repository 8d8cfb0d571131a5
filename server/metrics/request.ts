/** One HTTP question to a metrics store, and its failures in the product's own words. */
import { AppError } from "@/lib/contract/errors";

export interface StoreRequest {
  readonly url: string;
  readonly body: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What is asked, for messages: `Prometheus`. */
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

export interface StoreAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Sends a POST and reads a JSON answer of any status. Throws AppError upstream_unavailable, upstream_timeout or
 * upstream_malformed; the caller's own abort is passed on as it is.
 */
export async function requestStore(request: StoreRequest): Promise<StoreAnswer> {
  const { what, timeoutMs, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: "POST",
      body: request.body,
      headers: { ...request.headers, "content-type": request.contentType, accept: "application/json" },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const text = await response.text();
    return { status: response.status, body: parseBody(text, { what, status: response.status }) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal?.aborted) throw signal.reason;
    if (timeout.aborted) {
      throw new AppError("upstream_timeout", `${what} did not answer within ${timeoutMs / 1000} s.`, {
        hint: "Try a shorter range, or look at its load.",
        cause: error,
      });
    }
    throw new AppError("upstream_unavailable", `${what} at ${place(request.url)} cannot be reached${reason(error)}.`, {
      hint: "Check that it runs and that MESHDECK_METRICS_URL is its address.",
      cause: error,
    });
  }
}

function parseBody(text: string, { what, status }: { what: string; status: number }): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (status === 401 || status === 403) {
      throw new AppError("upstream_unavailable", `${what} refused the request with status ${status}.`, {
        hint: "Give it credentials it accepts.",
        cause: error,
      });
    }
    if (status >= 500) {
      throw new AppError("upstream_unavailable", `${what} answered with status ${status}.`, {
        hint: "Look at its log.",
        cause: error,
      });
    }
    throw new AppError("upstream_malformed", `${what} answered something that is not JSON (status ${status}).`, {
      hint: "Check that the address is the one of its API.",
      cause: error,
    });
  }
}

/** Host and port; what else a URL carries may be secret. */
function place(url: string): string {
  return new URL(url).host;
}

function reason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return code === "" ? "" : ` (${code})`;
}
