/** Who is let in: bearers of the token, asking under a loopback name. */
import { createHash, timingSafeEqual } from "node:crypto";
import { StatusError } from "../status";
import { type Exchange, header } from "./exchange";

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
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

/** Throws 401 or 403. */
export function checkAccess(exchange: Exchange, token: string): void {
  checkHost(exchange);
  if (PUBLIC.has(exchange.path[0] ?? "")) return;
  const match = /^Bearer\s+(\S+)$/i.exec(header(exchange, "authorization"));
  if (match === null || !timingSafeEqual(digest(match[1] ?? ""), digest(token)))
    throw new StatusError(401, "Unauthorized", "Unauthorized");
}
