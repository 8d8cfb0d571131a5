/** Requests to the dashboard's own server. In development every answer is held against its schema. */
import type { z } from "zod";
import { ApiError, apiErrorFrom, unreachable } from "./api-error";

/** Tells the server that a write comes from this page: a form on another site cannot send it. */
const WRITE_HEADERS = { "content-type": "application/json", "x-meshdeck": "1" };

export type QueryValues = Readonly<Record<string, string | number | null | undefined>>;

/** `path?a=b`, without the values that are null or undefined, in the order given. */
export function withQuery(path: string, values: QueryValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** The answer to a GET. Throws ApiError. */
export function getJson<S extends z.ZodType>(schema: S, path: string, signal?: AbortSignal): Promise<z.output<S>> {
  return send(schema, path, signal ? { signal } : {});
}

/** The answer to a write. Throws ApiError. */
export function sendJson<S extends z.ZodType>(
  schema: S,
  path: string,
  write: { readonly method: "POST" | "PUT" | "DELETE"; readonly body?: unknown; readonly signal?: AbortSignal },
): Promise<z.output<S>> {
  return send(schema, path, {
    method: write.method,
    headers: WRITE_HEADERS,
    ...(write.body === undefined ? {} : { body: JSON.stringify(write.body) }),
    ...(write.signal ? { signal: write.signal } : {}),
  });
}

async function send<S extends z.ZodType>(schema: S, path: string, init: RequestInit): Promise<z.output<S>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(path, { ...init, credentials: "same-origin", cache: "no-store" });
    body = await response.json().catch(() => null);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable(cause);
  }
  if (!response.ok) throw apiErrorFrom(response.status, body);
  return checked(schema, path, body);
}

/** `body` as `schema` says. Outside development it is taken at its word: the server's tests hold it to the schema. */
export function checked<S extends z.ZodType>(schema: S, what: string, body: unknown): z.output<S> {
  if (process.env.NODE_ENV === "production") return body as z.output<S>;
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ApiError({
    code: "upstream_malformed",
    message: `${what} answered something else than its contract: ${issue?.path.join(".")} ${issue?.message}.`,
  });
}
