/** Every route handler is made here: guard, viewer, parse, call one verb, answer; and every error becomes one shape. */
import type { z } from "zod";
import type { ErrorBody } from "@/lib/contract/error-body";
import { AppError, ERROR_STATUS } from "@/lib/contract/errors";
import type { Route } from "@/lib/contract/route";
import { createLogger } from "@/server/platform/log";
import { isForm, readForm, readJson } from "./body";
import { refusal } from "./guard";
import { guardSettings } from "./guard-settings";
import { enter } from "./login/enter";
import { runAs } from "./login/viewer";
import { requestSeconds } from "./own-metrics";
import { parseWith } from "./parse";
import { SharedText } from "./shared-text";

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Input<R extends Route> {
  readonly params: Parsed<R["params"]>;
  readonly query: Parsed<R["query"]>;
  readonly body: Parsed<R["body"]>;
  readonly headers: Pick<Headers, "get">;
  /** The body came from a form of the dashboard's own page. */
  readonly form: boolean;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

const log = createLogger("dashboard");

/** A Next route handler for one row of the route table. What `verb` returns is answered as JSON unless it is a Response. */
export function handle<R extends Route>(route: R, verb: (input: Input<R>) => unknown): Handler {
  return async (request, context) => {
    const started = performance.now();
    const response = await answer(route, verb, { request, params: context.params }).catch((error: unknown) =>
      request.signal.aborted ? gone() : errorResponse(error, `${route.method} ${route.path}`),
    );
    requestSeconds.observe(
      { method: route.method, route: route.path, status: String(response.status) },
      (performance.now() - started) / 1000,
    );
    return request.method === "HEAD" ? withoutBody(response) : response;
  };
}

/** Nobody reads it; the status is for the metrics. */
function gone(): Response {
  return new Response(null, { status: 499 });
}

/** Next answers HEAD by GET and leaves the body unread: a stream would go on for nobody. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

async function answer<R extends Route>(
  route: R,
  verb: (input: Input<R>) => unknown,
  { request, params }: { readonly request: Request; readonly params: Promise<unknown> },
): Promise<Response> {
  const url = new URL(request.url);
  const refused = refusal(
    { method: request.method, path: url.pathname, headers: request.headers },
    guardSettings().allowedHosts,
  );
  if (refused) throw refused;
  const viewer = await enter(route, request.headers);
  const form = route.bodyForm === true && isForm(request);
  const input = {
    params: parseWith(route.params, await params, "path parameter"),
    query: parseWith(route.query, Object.fromEntries(url.searchParams), "query parameter"),
    body: route.body ? parseWith(route.body, await (form ? readForm(request) : readJson(request)), "field") : undefined,
    headers: request.headers,
    form,
    signal: request.signal,
  } as Input<R>;
  const result = await runAs(viewer, async () => verb(input));
  if (result instanceof Response) return result;
  const status = route.status ?? 200;
  return result instanceof SharedText
    ? new Response(whole(result), { status, headers: JSON_HEADERS })
    : json(result, status);
}

/** The same bytes for everybody: nothing is copied. */
function whole({ bytes }: SharedText): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
}

/** Never cached: everything here is about now. */
const JSON_HEADERS = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: JSON_HEADERS });
}

/** An AppError as its body and status. Anything else is a bug: logged with its stack, told without. */
export function errorResponse(error: unknown, doing: string): Response {
  if (error instanceof AppError) return told(error);
  log.error({ event: "request.failed", doing, err: error }, "unexpected error");
  return json(
    {
      error: {
        code: "internal",
        message: `The dashboard could not answer ${doing}.`,
        hint: "This is a fault of Meshdeck. Its log says more; please report it.",
      },
    } satisfies ErrorBody,
    500,
  );
}

function told(error: AppError): Response {
  const response = json(errorBody(error), ERROR_STATUS[error.code]);
  const wait = error.details?.retryAfterSeconds;
  if (wait !== undefined) response.headers.set("retry-after", String(wait));
  return response;
}

export function errorBody(error: AppError): ErrorBody {
  return {
    error: {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.details === undefined ? {} : { details: error.details }),
    },
  };
}
