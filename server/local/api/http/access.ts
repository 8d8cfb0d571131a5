/** Who is let in: bearers of a token, asking under a loopback name for what they may. */
import type { Authenticator } from "../authentication/authenticator";
import { impersonated } from "../authentication/impersonation";
import type { Policy } from "../rbac/policy";
import { refusal } from "../rbac/refusal";
import { StatusError } from "../status";
import { isMaster, type UserInfo } from "../user";
import { attributesOf } from "./attributes";
import { type Exchange, header } from "./exchange";

export interface AccessDeps {
  readonly authenticator: Authenticator;
  readonly policy: () => Policy;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** A page of another site that had its name point to 127.0.0.1 would still send that name. */
function checkHost(exchange: Exchange): void {
  const host = header(exchange, "host")
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "");
  if (!isLoopback(host)) {
    throw new StatusError(
      403,
      "Forbidden",
      `the local Kubernetes API answers to loopback names only, not to ${JSON.stringify(host)}`,
    );
  }
}

const PUBLIC = new Set(["healthz", "readyz", "livez", "version"]);

function bearer(deps: AccessDeps, exchange: Exchange): UserInfo {
  const match = /^Bearer\s+(\S+)$/i.exec(header(exchange, "authorization"));
  const identity = match === null ? null : deps.authenticator.identify(match[1] ?? "");
  if (identity === null) throw new StatusError(401, "Unauthorized", "Unauthorized");
  return identity.user;
}

/** The exchange with the user it is for. Throws 401 for strangers and 403 for what the user may not. */
export function admit(deps: AccessDeps, exchange: Exchange): Exchange {
  checkHost(exchange);
  if (PUBLIC.has(exchange.path[0] ?? "")) return exchange;
  const user = impersonated(exchange.request, bearer(deps, exchange), deps.policy);
  if (!isMaster(user)) {
    const asked = attributesOf(exchange);
    const { allowed, reason } = deps.policy().decide(user, asked);
    if (!allowed) throw refusal(user, asked, reason);
  }
  return { ...exchange, user };
}
