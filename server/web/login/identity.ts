/** Who asks: a session's token, a program's, or the user a trusted proxy names. */
import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "@/lib/contract/errors";
import type { Impersonated } from "@/server/kube/credentials";
import { tokenClaims } from "./jwt";
import { readSession } from "./session";
import type { LoginSettings } from "./settings";

export interface Identity {
  /** Equal for equal credentials; tells nothing of them. */
  readonly key: string;
  /** As the API server, or the proxy, calls them. */
  readonly user: string;
  /** Unix milliseconds; null: each request proves itself. */
  readonly endsAt: number | null;
  /** null: no session of ours. */
  readonly sessionId: string | null;
  readonly credentials: Credentials;
}

export type Credentials = { readonly token: string } | { readonly impersonate: Impersonated };

export const SECRET_HEADER = "x-meshdeck-proxy-secret";
const MOST_GROUPS = 500;

/** null: nobody. `secret`: the key of sessions, or the proxy's secret. `now`: unix milliseconds. */
export function identify(
  login: Exclude<LoginSettings, { kind: "none" }>,
  secret: Buffer,
  { headers, now }: { readonly headers: Pick<Headers, "get">; readonly now: number },
): Identity | null {
  if (login.kind === "header") return byProxy(login, secret, headers);
  const bearer = /^Bearer ([^\s]+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) return byToken(bearer, now);
  const session = readSession(headers, secret, now);
  if (session === null) return null;
  const { id, user, token, endsAt } = session;
  return { key: digest("token", token), user, endsAt, sessionId: id, credentials: { token } };
}

function byToken(token: string, now: number): Identity | null {
  const { expiresAt, subject } = tokenClaims(token);
  if (expiresAt !== null && expiresAt <= now) return null;
  const user = subject ?? "the token's user";
  return { key: digest("token", token), user, endsAt: expiresAt, sessionId: null, credentials: { token } };
}

function byProxy(
  { userHeader, groupsHeader }: Extract<LoginSettings, { kind: "header" }>,
  secret: Buffer,
  headers: Pick<Headers, "get">,
): Identity | null {
  const shown = Buffer.from(headers.get(SECRET_HEADER) ?? "");
  if (shown.length !== secret.length || !timingSafeEqual(shown, secret)) return null;
  const user = headers.get(userHeader)?.trim() ?? "";
  if (user === "") return null;
  const groups = (headers.get(groupsHeader) ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (groups.length > MOST_GROUPS) {
    throw new AppError("forbidden", `The proxy names more than ${MOST_GROUPS} groups of ${user}.`, {
      hint: `Let it pass on only those that matter to the mesh in ${groupsHeader}.`,
    });
  }
  const key = digest("impersonate", JSON.stringify([user, [...groups].sort()]));
  return { key, user, endsAt: null, sessionId: null, credentials: { impersonate: { user, groups } } };
}

function digest(kind: string, text: string): string {
  return createHash("sha256").update(`${kind}\n${text}`).digest("base64url");
}
