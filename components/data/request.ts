/** Requests to the dashboard's own server. Outside a built page every answer is held against its schema. */
import { checked } from "#contract";
import { apiErrorFrom, unreachable } from "./api-error";
import type { Contracts, RouteName } from "./contracts";
import { fetchJson, type JsonAnswer, sendForJson } from "./early-answer";

/** Tells the server that a write comes from this page: a form on another site cannot send it. */
const WRITE_HEADERS = { "content-type": "application/json", "x-meshdeck": "1" };

/** The answer to a GET of the route of that name. Throws ApiError. */
export function getJson<Name extends RouteName>(
  route: Name,
  path: string,
  signal?: AbortSignal,
): Promise<Contracts[Name]> {
  return answerOf(route, fetchJson(path, signal), signal);
}

/** The answer to a write. Throws ApiError. */
export function sendJson<Name extends RouteName>(
  route: Name,
  path: string,
  write: { readonly method: "POST" | "PUT" | "DELETE"; readonly body?: unknown; readonly signal?: AbortSignal },
): Promise<Contracts[Name]> {
  const asked = sendForJson(path, {
    method: write.method,
    headers: WRITE_HEADERS,
    ...(write.body === undefined ? {} : { body: JSON.stringify(write.body) }),
    ...(write.signal ? { signal: write.signal } : {}),
  });
  return answerOf(route, asked, write.signal);
}

async function answerOf<Name extends RouteName>(
  route: Name,
  asked: Promise<JsonAnswer>,
  signal: AbortSignal | undefined,
): Promise<Contracts[Name]> {
  let answer: JsonAnswer;
  try {
    answer = await asked;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  }
  if (!answer.ok) throw apiErrorFrom(answer.status, answer.body);
  return checked(route, answer.body);
}
