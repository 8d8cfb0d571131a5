import { createHash, timingSafeEqual } from "node:crypto";
import type { ServerResponse } from "node:http";
import https from "node:https";
import type {
  Certificate,
  ControllerChanges,
  ControllerStatus,
  ProxyConfig,
  Proxy as ProxyState,
} from "@/lib/contract/admin";
import { type CallKind, CallKindSchema, type CallKinds } from "@/lib/contract/call-kinds";
import type { CallAggregates, Calls } from "@/lib/contract/calls";
import type { EnvoyConfig } from "@/lib/contract/envoy-config";
import type { ErrorBody } from "@/lib/contract/error-body";
import { AppError, ERROR_STATUS } from "@/lib/contract/errors";
import type { Problem } from "@/lib/mesh/problems";
import { listen } from "@/server/platform/listen";
import type { KeyPair } from "@/server/xds/types";
import type { CallsAsked } from "./calls";
import { readCalls, windowOf } from "./calls-query";
import { closeServer } from "./http-server";

/** What the admin API shows. Read at each request. */
export interface AdminSources {
  status(): ControllerStatus;
  proxies(): readonly ProxyState[];
  /** null: no such proxy is connected. */
  config(proxyId: string): ProxyConfig | null;
  /** Asked of the sidecar itself. Rejects with AppError when it does not answer. */
  envoyConfig(proxyId: string): Promise<EnvoyConfig>;
  certificates(): readonly Certificate[];
  problems(): readonly Problem[];
  calls(asked: CallsAsked): Calls;
  /** Resolves when there are calls after the cursor, or after `seconds`. */
  waitForCalls(after: string, seconds: number, signal: AbortSignal): Promise<void>;
  callAggregates(windowSeconds: number): CallAggregates;
  /** From `since` (unix milliseconds) on, newest first. */
  changes(since: number, limit: number): ControllerChanges;
  callKinds(outcome?: CallKind["outcome"]): CallKinds;
}

export interface AdminApi {
  readonly port: number;
  setCertificate(certificate: KeyPair): void;
  close(): Promise<void>;
}

const CHANGES_DEFAULT = 100;
const CHANGES_MAX = 1000;

/** The read-only admin API of lib/contract/admin.ts and calls.ts over HTTPS. Every request needs the bearer token. */
export async function serveAdmin(options: {
  readonly host: string;
  readonly port: number;
  readonly certificate: KeyPair;
  /** Asked for each request: the file it comes from may be rotated. */
  readonly token: () => Promise<string>;
  readonly sources: AdminSources;
}): Promise<AdminApi> {
  const pair = ({ certificatePem, keyPem }: KeyPair) => ({ cert: certificatePem, key: keyPem });
  const server = https.createServer(pair(options.certificate), (request, response) => {
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
        .end(JSON.stringify(body));
    authorise(request.headers.authorization, options.token)
      .then(() =>
        read({ method: request.method ?? "", target: request.url ?? "/", signal: gone(response) }, options.sources),
      )
      .then((body) => answer(200, body))
      .catch((error: unknown) => {
        const known = error instanceof AppError ? error : new AppError("internal", "The controller could not answer.");
        answer(ERROR_STATUS[known.code], errorBody(known));
      });
  });
  const port = await listen(server, { host: options.host, port: options.port, what: "admin API" });
  return {
    port,
    setCertificate: (certificate) => server.setSecureContext(pair(certificate)),
    close: () => closeServer(server),
  };
}

async function authorise(header: string | undefined, token: () => Promise<string>): Promise<void> {
  const expected = await token();
  // Digests are of one length, so comparing them tells nothing about the token's.
  const digest = (text: string) => createHash("sha256").update(text).digest();
  if (expected !== "" && header && timingSafeEqual(digest(header), digest(`Bearer ${expected}`))) return;
  throw new AppError("unauthenticated", "The admin API needs its bearer token.", {
    hint: "Send the content of the controller's --admin-token-file as Authorization: Bearer.",
  });
}

/** Aborts when the asker has gone. */
function gone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  return controller.signal;
}

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly signal: AbortSignal;
}

function read({ method, target, signal }: Asked, sources: AdminSources): unknown {
  const url = new URL(target, "https://controller");
  if (method !== "GET") throw new AppError("invalid_request", `The admin API is read-only: ${method} is not served.`);
  const [, proxyId, what] = /^\/v1\/proxies\/([\w.-]{1,253})\/(config|envoy)$/.exec(url.pathname) ?? [];
  if (proxyId !== undefined) return what === "envoy" ? sources.envoyConfig(proxyId) : configOf(proxyId, sources);
  switch (url.pathname) {
    case "/v1/status":
      return sources.status();
    case "/v1/proxies":
      return { items: sources.proxies() };
    case "/v1/certificates":
      return { items: sources.certificates() };
    case "/v1/problems":
      return { items: sources.problems() };
    case "/v1/calls":
      return readCalls(url.searchParams, sources, signal);
    case "/v1/calls/aggregates":
      return sources.callAggregates(windowOf(url.searchParams));
    case "/v1/changes":
      return sources.changes(sinceOf(url), limitOf(url));
    case "/v1/call-kinds":
      return sources.callKinds(outcomeOf(url));
    default:
      throw new AppError("not_found", `The admin API has no ${url.pathname}.`, {
        hint: "Ask for /v1/status, /v1/proxies, /v1/certificates, /v1/problems, /v1/calls, /v1/calls/aggregates, /v1/call-kinds or /v1/changes.",
      });
  }
}

function configOf(proxyId: string, sources: AdminSources): ProxyConfig {
  const config = sources.config(proxyId);
  if (config) return config;
  throw new AppError("not_found", `No sidecar ${proxyId} is connected to this controller.`, {
    hint: "It may have ended or be reconnecting: ask for /v1/proxies.",
  });
}

function limitOf(url: URL): number {
  const given = url.searchParams.get("limit");
  if (given === null) return CHANGES_DEFAULT;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= CHANGES_MAX) return limit;
  throw new AppError("invalid_request", `limit is "${given}": use a whole number from 1 to ${CHANGES_MAX}.`);
}

/** Unix milliseconds; 0 when it is left out. */
function sinceOf(url: URL): number {
  const given = url.searchParams.get("since") ?? "0";
  if (/^\d{1,16}$/.test(given)) return Number(given);
  throw new AppError("invalid_request", `since is "${given}": use unix milliseconds.`);
}

function outcomeOf(url: URL): CallKind["outcome"] | undefined {
  const given = url.searchParams.get("outcome");
  if (given === null) return undefined;
  const outcomes = CallKindSchema.shape.outcome;
  const parsed = outcomes.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_request", `outcome is "${given}": use one of ${outcomes.options.join(", ")}.`);
}

function errorBody({ code, message, hint }: AppError): ErrorBody {
  return { error: { code, message, ...(hint ? { hint } : {}) } };
}
