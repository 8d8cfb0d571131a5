/** Which requests are answered at all: those that were meant for this server and, for writes, sent by its own page. */
import { isIP } from "node:net";
import { AppError } from "@/lib/contract/errors";
import { hostAllowed } from "@/server/platform/host-allowed";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Pick<Headers, "get">;
}

/** Scrapers and probes come by address. An address cannot be rebound as a name can, and these tell nothing private. */
const BY_ADDRESS = new Set(["/metrics", "/api/health"]);
const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** The one form that works without a script. */
const SIGN_IN = "/api/session";

/** Images by signed URLs are made to be shown by pages of other sites; which ones, their token says (embeds-token.ts). */
const SIGNED_IMAGE = /^\/api\/embeds\/[\w.-]+\/image\.(svg|png)$/;

/** null when the request may pass; else why not. `allowedHosts`: names besides those of loopback. */
export function refusal(asked: Asked, allowedHosts: readonly string[]): AppError | null {
  const host = asked.headers.get("host");
  if (!hostAllowed(host ?? undefined, allowedHosts) && !(BY_ADDRESS.has(asked.path) && isAddress(host))) {
    return new AppError("forbidden", `This dashboard is not called by the name "${host ?? ""}".`, {
      hint: "Open it by localhost, or add the name to MESHDECK_ALLOWED_HOSTS.",
    });
  }
  if (READS.has(asked.method) && SIGNED_IMAGE.test(asked.path)) return null;
  const refused = foreign(asked.headers, host);
  if (refused !== null || READS.has(asked.method)) return refused;
  if (asked.path === SIGN_IN && asked.method === "POST" && isOwnForm(asked.headers, host)) return null;
  return withoutProof(asked.headers);
}

/** A form cannot set a header: the browser's own word has to say that it stands on a page of ours. */
function isOwnForm(headers: Asked["headers"], host: string | null): boolean {
  const origin = headers.get("origin");
  return (
    (headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded") &&
    origin !== null &&
    hostOf(origin) === host?.toLowerCase()
  );
}

/** Sent by a page of another site, which has no business here: it could not read the answer, but it could keep us busy. */
function foreign(headers: Asked["headers"], host: string | null): AppError | null {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const navigates = headers.get("sec-fetch-mode") === "navigate" && origin === null;
  const elsewhere = site !== null && site !== "same-origin" && site !== "none" && !navigates;
  if (!elsewhere && (origin === null || hostOf(origin) === host?.toLowerCase())) return null;
  return new AppError("forbidden", `A page of ${origin ?? "another site"} may not ask or change anything here.`, {
    hint: "Use the dashboard itself, or a program.",
  });
}

/** No form and no script of another site can set this header. */
function withoutProof(headers: Asked["headers"]): AppError | null {
  if (headers.get("x-meshdeck") !== "1") {
    return new AppError(
      "forbidden",
      "The header x-meshdeck: 1 is missing, so the request may come from another site.",
      {
        hint: "Programs that change things by this API send the header x-meshdeck: 1.",
      },
    );
  }
  return null;
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

function isAddress(host: string | null): boolean {
  if (host === null) return false;
  const name = /^\[([^\]]+)\](?::\d+)?$/.exec(host)?.[1] ?? host.replace(/:\d+$/, "");
  return isIP(name) !== 0;
}
