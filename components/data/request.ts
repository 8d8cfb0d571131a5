/** Requests to the dashboard's own server. Outside a built page every answer is held against its schema. */
import { checked } from "#contract";
import { apiErrorFrom, unreachable } from "./api-error";
import type { Contracts, RouteName } from "./contracts";

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

/** The answer to a GET of the route of that name. Throws ApiError. */
export function getJson<Name extends RouteName>(
  route: Name,
  path: string,
  signal?: AbortSignal,
): Promise<Contracts[Name]> {
  return send(route, path, signal ? { signal } : {});
}

/** The answer to a write. Throws ApiError. */
export function sendJson<Name extends RouteName>(
  route: Name,
  path: string,
  write: { readonly method: "POST" | "PUT" | "DELETE"; readonly body?: unknown; readonly signal?: AbortSignal },
): Promise<Contracts[Name]> {
  return send(route, path, {
    method: write.method,
    headers: WRITE_HEADERS,
    ...(write.body === undefined ? {} : { body: JSON.stringify(write.body) }),
    ...(write.signal ? { signal: write.signal } : {}),
  });
}

async function send<Name extends RouteName>(route: Name, path: string, init: RequestInit): Promise<Contracts[Name]> {
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
  return checked(route, body);
}
