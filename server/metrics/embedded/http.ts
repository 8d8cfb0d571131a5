/**
 * The embedded store's HTTP face: `POST /api/instant` and `POST /api/range` take typed queries as JSON, `GET /ready`
 * answers what the store holds. It is no PromQL API.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ErrorBody } from "@/lib/contract/error-body";
import { AppError, ERROR_STATUS } from "@/lib/contract/errors";
import { hostAllowed } from "@/server/platform/host-allowed";
import { listen } from "@/server/platform/listen";
import { evaluate, evaluateRange } from "./evaluate";
import type { MetricStore } from "./store";
import { encodeSamples, encodeSeries, InstantRequestSchema, RangeRequestSchema } from "./wire";

export interface StoreServer {
  readonly port: number;
  /** `http://host:port`. */
  readonly url: string;
  close(): Promise<void>;
}

const MOST_BODY_BYTES = 1_000_000;

/** Listens on `host` (loopback) and `port`; 0 picks a free one. Throws AppError when it cannot. */
export async function serveStore(store: MetricStore, at: { host: string; port: number }): Promise<StoreServer> {
  const server = createServer((request, response) => {
    respond(store, request).then(
      (body) => send(response, 200, body),
      (error: unknown) => refuse(response, error),
    );
  });
  const port = await listen(server, { ...at, what: "metrics store" });
  return {
    port,
    url: `http://${at.host.includes(":") ? `[${at.host}]` : at.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(store: MetricStore, request: IncomingMessage): Promise<unknown> {
  if (!hostAllowed(request.headers.host)) {
    throw new AppError("forbidden", "The metrics store answers on this machine only.", {
      hint: "Use its loopback name.",
    });
  }
  switch (`${request.method} ${request.url}`) {
    case "GET /ready":
      return store.stats();
    case "POST /api/instant": {
      const { query, at } = parse(InstantRequestSchema, await readJson(request));
      return encodeSamples(evaluate(store, query, at));
    }
    case "POST /api/range": {
      const { query, range } = parse(RangeRequestSchema, await readJson(request));
      return encodeSeries(evaluateRange(store, query, range));
    }
    default:
      throw new AppError("not_found", `The metrics store has no ${request.method} ${request.url}.`, {
        hint: "It answers POST /api/instant, POST /api/range and GET /ready.",
      });
  }
}

interface Parser<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function parse<T>(schema: Parser<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.map(String).join("."), message }));
  throw new AppError("invalid_request", "The body is no typed metric query.", { details: { fields } });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST_BODY_BYTES) throw new AppError("invalid_request", "The query is larger than 1 MB.");
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString("utf8"));
  } catch (error) {
    throw new AppError("invalid_request", "The body is no JSON.", { cause: error });
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof AppError
      ? error
      : error instanceof SyntaxError
        ? new AppError("invalid_request", `The query has a pattern that cannot be read: ${error.message}.`)
        : new AppError("internal", "The metrics store could not answer.", { cause: error });
  const { code, message, hint, details } = known;
  const body: ErrorBody = { error: { code, message, ...(hint ? { hint } : {}), ...(details ? { details } : {}) } };
  send(response, ERROR_STATUS[code], body);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(text);
}
