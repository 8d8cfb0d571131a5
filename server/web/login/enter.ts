/** The one door: who asks, and whether what is asked is for them. */
import { AppError } from "@/lib/contract/errors";
import type { Route } from "@/lib/contract/route";
import { WHAT_LETS_SIGN_IN } from "@/server/platform/open-to-others";
import { cameFromThisMachine } from "../arrival";
import { viewers } from "../context";
import { forbiddenPartial } from "../forbidden";
import { guardSettings } from "../guard-settings";
import { type Scope, unseenOf } from "../limited/scope";
import { Attempts } from "./attempts";
import { clientAddress } from "./client-address";
import { identityOf } from "./identity-of";
import type { Viewer } from "./viewer";

export const attempts = new Attempts();

/**
 * The viewer a route is answered to; null where nobody has to sign in, or for what is public. Throws `unauthenticated`
 * without a session that holds, `forbidden` for what shows the whole mesh to those who may not see it, and for whoever asks over a
 * network where nobody signs in.
 */
export async function enter(route: Route, headers: Pick<Headers, "get">): Promise<Viewer | null> {
  if (route.limited === "public") return null;
  const { login } = guardSettings();
  if (login.kind === "none") {
    if (cameFromThisMachine(headers)) return null;
    throw fromAfar();
  }
  const identity = identityOf(headers);
  if (identity === null) throw signedOut(login.kind);
  // A session was checked when it began; what a program sends may be anything.
  if (identity.sessionId === null && "token" in identity.credentials && !viewers().knows(identity)) {
    refuseTooMany(headers);
  }
  const viewer = await viewers().of(identity);
  if (viewer.scope !== null && route.limited === "whole-mesh") throw wholeMesh(viewer.scope);
  return viewer;
}

/** Counts an attempt. Throws `too_many_requests` with how long to wait when there were too many. */
export function refuseTooMany(headers: Pick<Headers, "get">): void {
  const retryAfterSeconds = attempts.take(clientAddress(headers, guardSettings().proxies), Date.now());
  if (retryAfterSeconds === 0) return;
  throw new AppError("too_many_requests", "There were too many attempts to sign in.", {
    hint: `Try again in ${retryAfterSeconds} s.`,
    details: { retryAfterSeconds },
  });
}

function fromAfar(): AppError {
  return new AppError("forbidden", "Nobody signs in here, so only this dashboard's own machine is answered.", {
    hint: `Open it there, or by kubectl port-forward or ssh -L. To answer others set ${WHAT_LETS_SIGN_IN}.`,
  });
}

function signedOut(login: "token" | "header"): AppError {
  return new AppError("unauthenticated", "Nobody is signed in.", {
    hint:
      login === "token"
        ? "Sign in at /login, or send a Kubernetes token as authorization: Bearer."
        : "Open the dashboard by the address of the proxy that signs people in.",
  });
}

function wholeMesh(scope: Scope): AppError {
  const said = forbiddenPartial(unseenOf(scope));
  return new AppError("forbidden", `This shows the whole mesh. ${said?.message ?? ""}`.trim(), {
    hint: said?.hint.replace(/^The rest is shown\. /, "") ?? "Ask for a role to list and watch the whole mesh.",
  });
}
