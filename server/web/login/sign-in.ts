/** POST and DELETE /api/session, and GET: signing in with a Kubernetes token, signing out, and who it is. */
import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/contract/errors";
import { MOST_TOKEN_CHARACTERS, type Session, type SignIn } from "@/lib/contract/session";
import { loadKube } from "@/server/kube/load";
import { viewers } from "../context";
import { guardSettings } from "../guard-settings";
import { json } from "../http";
import { readSettings } from "../settings";
import { checkToken } from "./check-token";
import { refuseTooMany } from "./enter";
import { identityOf } from "./identity-of";
import { tokenClaims } from "./jwt";
import { sealAttempt } from "./last-attempt";
import { ownPath } from "./own-path";
import { loginSecret } from "./secret";
import { forgottenCookies, sessionCookie } from "./session";

const HOUR_MS = 3_600_000;

export interface SignInAsked {
  readonly body: SignIn;
  readonly headers: Pick<Headers, "get">;
  /** Sent by the page's form: answered with where to go on, whatever comes of it. */
  readonly form: boolean;
}

export async function signIn({ body, headers, form }: SignInAsked): Promise<Response> {
  if (!form) {
    const { session, cookie } = await begin(body.token, headers);
    return withCookies(json(session), [cookie]);
  }
  const to = ownPath(body.to);
  try {
    const { cookie } = await begin(body.token, headers);
    return withCookies(seeOther(to), [cookie]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const address = new URLSearchParams({ to });
    const wrongToken = error.code === "unauthenticated" || error.code === "invalid_request";
    const key = loginSecret(guardSettings().login);
    if (key !== null) {
      address.set("said", sealAttempt({ message: error.message, hint: error.hint ?? "", wrongToken }, key));
    }
    return seeOther(`/login?${address}`);
  }
}

async function begin(token: string, headers: Pick<Headers, "get">): Promise<{ session: Session; cookie: string }> {
  const { login } = guardSettings();
  const key = loginSecret(login);
  if (login.kind !== "token" || key === null) throw noTokens(login.kind);
  refuseTooMany(headers);
  const asGiven = token.trim();
  if (asGiven === "" || /\s/.test(asGiven) || !/^[\x21-\x7e]+$/.test(asGiven)) throw noToken();
  if (asGiven.length > MOST_TOKEN_CHARACTERS) throw tooLong();
  const now = Date.now();
  const { expiresAt, subject } = tokenClaims(asGiven);
  if (expiresAt !== null && expiresAt <= now) throw expired(expiresAt);
  const { kubeconfig, kubeContext } = readSettings(process.env);
  const client = loadKube({ kubeconfig: kubeconfig ?? undefined, context: kubeContext ?? undefined, token: asGiven });
  const user = await checkToken(client, subject).finally(() => client.close());
  const endsAt = Math.min(now + login.hours * HOUR_MS, expiresAt ?? Number.POSITIVE_INFINITY);
  const cookie = sessionCookie({ id: randomUUID(), user, token: asGiven, endsAt }, key, headers);
  if (cookie === null) throw tooLong();
  return { session: { login: "token", user, endsAt }, cookie };
}

export function signOut(headers: Pick<Headers, "get">): Response {
  const identity = identityOf(headers);
  if (identity?.sessionId != null) viewers().end(identity.sessionId, identity.endsAt ?? Date.now());
  return withCookies(json({ signedOut: true }), forgottenCookies());
}

/** A session that was ended, or that the API server no longer knows, is nobody's. */
export async function showSession(headers: Pick<Headers, "get">): Promise<Session> {
  const { login } = guardSettings();
  const nobody: Session = { login: login.kind, user: null, endsAt: null };
  const identity = identityOf(headers);
  if (identity === null) return nobody;
  try {
    if (viewers().knows(identity) || identity.sessionId !== null) await viewers().of(identity);
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") return nobody;
    // An API server that is away ends no session.
    if (!(error instanceof AppError)) throw error;
  }
  return { login: login.kind, user: identity.user, endsAt: identity.endsAt };
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

function seeOther(to: string): Response {
  return new Response(null, { status: 303, headers: { location: to, "cache-control": "no-store" } });
}

function noTokens(kind: "none" | "header" | "token"): AppError {
  return new AppError("invalid_request", "Nobody signs in with a token here.", {
    hint:
      kind === "header"
        ? "The proxy in front of the dashboard signs people in."
        : "Set MESHDECK_LOGIN=token to let people sign in.",
  });
}

function noToken(): AppError {
  return new AppError("invalid_request", "That is no token: it is empty, or has spaces or letters no token has.", {
    hint: "Copy the whole token, in one line.",
  });
}

function tooLong(): AppError {
  return new AppError("invalid_request", "The token is too long for a browser's cookie.", {
    hint: `Use one of at most ${MOST_TOKEN_CHARACTERS} characters, such as kubectl create token gives.`,
  });
}

function expired(at: number): AppError {
  return new AppError(
    "unauthenticated",
    `The token ended on ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC.`,
    {
      hint: "Get a new one, for example with kubectl create token.",
    },
  );
}
