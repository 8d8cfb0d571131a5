/** One HTTP question to a metrics store, and its failures in the product's own words. */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/contract/errors";
import type { StoreDoor } from "./access";

export interface StoreRequest {
  readonly url: string;
  /** Sent by POST; null: a GET. */
  readonly question: { readonly body: string; readonly contentType: string } | null;
  readonly door: StoreDoor;
  readonly timeoutMs: number;
  /** What is asked, for messages: `Prometheus`. */
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

export interface StoreAnswer {
  readonly status: number;
  readonly bytes: Buffer;
}

/** An answer that is still coming in. */
export interface OpenAnswer {
  readonly status: number;
  /** Unpacked. Rejects as openStore does. */
  readonly body: AsyncIterable<Buffer>;
}

/** openStore, and all of the answer. */
export async function requestStore(request: StoreRequest): Promise<StoreAnswer> {
  const { status, body } = await openStore(request);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return { status, bytes: Buffer.concat(chunks) };
}

/**
 * Asks, and begins to read an answer of any status but those about who asks. Throws AppError upstream_unavailable or
 * upstream_timeout; the caller's own abort is passed on as it is.
 */
export async function openStore(request: StoreRequest): Promise<OpenAnswer> {
  const { what, timeoutMs, signal } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  const explained = (error: unknown): unknown => {
    // A file that cannot be read has said so in its own words.
    if (error instanceof AppError) return error;
    if (signal?.aborted) return signal.reason;
    if (!timeout.aborted) return unreachable(request, error);
    return new AppError("upstream_timeout", `${what} did not answer within ${timeoutMs / 1000} s.`, {
      hint: "Try a shorter range, or look at its load.",
      cause: error,
    });
  };
  const response = await answerTo(request, signal === undefined ? timeout : AbortSignal.any([timeout, signal])).catch(
    (error: unknown) => {
      throw explained(error);
    },
  );
  const status = response.statusCode ?? 0;
  if (status !== 401 && status !== 403) return { status, body: bodyOf(response, explained) };
  response.resume();
  throw refused(what, status);
}

async function* bodyOf(response: IncomingMessage, explained: (error: unknown) => unknown): AsyncGenerator<Buffer> {
  try {
    // What goes wrong with the response ends the reading of what is unpacked.
    if (response.headers["content-encoding"] === "gzip") yield* pipeline(response, createGunzip(), () => undefined);
    else yield* response;
  } catch (error) {
    throw explained(error);
  }
}

function answerTo(request: StoreRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, question, door } = request;
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    const start = target.protocol === "https:" ? httpsRequest : httpRequest;
    const sent = start(target, {
      method: question === null ? "GET" : "POST",
      agent: door.agent(target),
      headers: {
        ...door.headers(),
        ...(question && { "content-type": question.contentType, "content-length": Buffer.byteLength(question.body) }),
        accept: "application/json",
        // On this machine compressing costs both sides more than the bytes do.
        "accept-encoding": isLoopback(target.hostname) ? "identity" : "gzip",
      },
      signal,
    });
    const failed = (error: NodeJS.ErrnoException) => {
      // A store closes what was idle for long, perhaps just as the question leaves. Questions change nothing: ask again, and
      // end at the latest with a connection that is new.
      const wasClosed = sent.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      if (wasClosed && !signal.aborted) resolve(answerTo(request, signal));
      else reject(error);
    };
    sent.on("response", resolve).on("error", failed).end(question?.body);
  });
}

function refused(what: string, status: number): AppError {
  return new AppError("upstream_unavailable", `${what} refused the request with status ${status}.`, {
    hint: "Set MESHDECK_METRICS_TOKEN_FILE, MESHDECK_METRICS_USERNAME with MESHDECK_METRICS_PASSWORD_FILE, or MESHDECK_METRICS_HEADERS to what it accepts.",
  });
}

/** The answer as JSON. Throws AppError upstream_unavailable or upstream_malformed when it is none. */
export function parseAnswer({ bytes, status }: StoreAnswer, what: string): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    if (status >= 500) {
      throw new AppError("upstream_unavailable", `${what} answered with status ${status}.`, {
        hint: "Look at its log.",
        cause: error,
      });
    }
    throw new AppError("upstream_malformed", `${what} answered something that is not JSON (status ${status}).`, {
      hint: "Check that MESHDECK_METRICS_URL is the address of its API, with the path it is served under.",
      cause: error,
    });
  }
}

/** Names the host and port only: what else an address carries may be secret. */
function unreachable({ what, url }: StoreRequest, cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return new AppError(
    "upstream_unavailable",
    `${what} at ${new URL(url).host} cannot be reached${code === "" ? "" : ` (${code})`}.`,
    { hint: isAboutTls(code) ? TLS_HINT : "Check that it runs and that MESHDECK_METRICS_URL is its address.", cause },
  );
}

const TLS_HINT =
  "Its certificate is not trusted or has another name: set MESHDECK_METRICS_CA_FILE, or MESHDECK_METRICS_SERVER_NAME. If it asks for one of yours, set MESHDECK_METRICS_CERT_FILE and MESHDECK_METRICS_KEY_FILE.";

function isAboutTls(code: string): boolean {
  return /CERT|SELF_SIGNED|ISSUER|VERIFY|ALTNAME|TLS|SSL|EPROTO/.test(code);
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}
