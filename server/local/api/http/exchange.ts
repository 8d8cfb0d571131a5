/** One HTTP request and its answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "yaml";
import { decodeEnvelope, isProtobuf } from "../protobuf/envelope";
import { badRequest, StatusError } from "../status";
import { ANONYMOUS, type UserInfo } from "../user";

export const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Decoded parts of the path, without empty ones. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Who asks; nobody until they have been let in. */
  readonly user: UserInfo;
}

export function header(exchange: Exchange, name: string): string {
  const value = exchange.request.headers[name];
  return typeof value === "string" ? value : (value?.join(",") ?? "");
}

export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  let url: URL;
  let path: string[];
  try {
    url = new URL(request.url ?? "/", "http://localhost");
    path = url.pathname
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent);
  } catch {
    throw badRequest("the path of the URL is not percent-encoded as it should be");
  }
  return { request, response, method: request.method ?? "GET", path, query: url.searchParams, user: ANONYMOUS };
}

/** The exchange of a request whose URL cannot be read: enough to answer it. */
export function unreadable(request: IncomingMessage, response: ServerResponse): Exchange {
  const method = request.method ?? "GET";
  return { request, response, method, path: [], query: new URLSearchParams(), user: ANONYMOUS };
}

async function bytesOf(exchange: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of exchange.request) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT_BYTES)
      throw new StatusError(
        413,
        "RequestEntityTooLarge",
        `the body of the request is larger than ${BODY_LIMIT_BYTES} bytes`,
      );
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** `application/json` of `application/json; charset=utf-8`, in lower case. */
export function mediaType(exchange: Exchange): string {
  return (header(exchange, "content-type").split(";")[0] ?? "").trim().toLowerCase();
}

/** The body as a JSON value: from JSON, YAML or Kubernetes' protobuf. Undefined when there is none. */
export async function readBody(exchange: Exchange): Promise<unknown> {
  const bytes = await bytesOf(exchange);
  if (bytes.length === 0) return undefined;
  if (isProtobuf(bytes)) return decodeEnvelope(bytes);
  const type = mediaType(exchange);
  const text = bytes.toString("utf8");
  try {
    return type === "application/yaml" || type === "application/x-yaml" || type.endsWith("+yaml")
      ? parse(text)
      : JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `the body of the request cannot be read as ${type || "JSON"}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export function sendText(exchange: Exchange, status: number, text: string, type = "application/json"): void {
  const { response } = exchange;
  if (response.headersSent) return void response.end();
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-cache, private",
  });
  response.end(exchange.method === "HEAD" ? undefined : text);
}

export function sendJson(exchange: Exchange, status: number, body: unknown): void {
  sendText(exchange, status, JSON.stringify(body));
}

/** Adds a `Warning: 299` header, which kubectl prints. */
export function warn(exchange: Exchange, text: string): void {
  if (exchange.response.headersSent) return;
  // A header is one line of printable ASCII; a quote or a backslash in it is escaped.
  const safe = text
    .replaceAll(/[^\x20-\x7e]+/g, " ")
    .slice(0, 500)
    .replaceAll(/["\\]/g, "\\$&");
  exchange.response.appendHeader("warning", `299 - "${safe}"`);
}

/** Sends any failure as a Status; what is no StatusError is a bug and says nothing of itself. */
export function sendFailure(exchange: Exchange, error: unknown): StatusError {
  const status =
    error instanceof StatusError
      ? error
      : new StatusError(500, "InternalError", "an internal error occurred; the log of the local API says which");
  if (status.statusDetails?.retryAfterSeconds !== undefined && !exchange.response.headersSent) {
    exchange.response.setHeader("retry-after", String(status.statusDetails.retryAfterSeconds));
  }
  if (status.status === 401 && !exchange.response.headersSent)
    exchange.response.setHeader("www-authenticate", "Bearer");
  sendJson(exchange, status.status, status.toStatus());
  return status;
}
