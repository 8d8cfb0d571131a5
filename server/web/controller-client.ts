/** The controller's admin API, over HTTPS with its own certificate authority and a bearer token. */
import { readFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { z } from "zod";
import {
  CertificatesSchema,
  type ControllerChanges,
  ControllerChangesSchema,
  ControllerProblemsSchema,
  type ControllerStatus,
  ControllerStatusSchema,
  ProxiesSchema,
  type ProxyConfig,
  ProxyConfigSchema,
} from "@/lib/contract/admin";
import { type CallKind, type CallKinds, CallKindsSchema } from "@/lib/contract/call-kinds";
import { type CallAggregates, CallAggregatesSchema, type Calls, CallsSchema } from "@/lib/contract/calls";
import { type EnvoyConfig, EnvoyConfigSchema } from "@/lib/contract/envoy-config";
import { ErrorBodySchema } from "@/lib/contract/error-body";
import { AppError } from "@/lib/contract/errors";
import type { WebSettings } from "./settings";

const TIMEOUT_MS = 3_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** Every method throws AppError upstream_unavailable, upstream_timeout or upstream_malformed. */
export interface ControllerClient {
  status(signal?: AbortSignal): Promise<ControllerStatus>;
  proxies(signal?: AbortSignal): Promise<z.infer<typeof ProxiesSchema>["items"]>;
  /** `not_found` when it is not connected. */
  config(proxyId: string, signal?: AbortSignal): Promise<ProxyConfig>;
  /** What its Envoy says it has. `not_found`, or what kept the controller from asking it. */
  envoyConfig(proxyId: string, signal?: AbortSignal): Promise<EnvoyConfig>;
  certificates(signal?: AbortSignal): Promise<z.infer<typeof CertificatesSchema>["items"]>;
  problems(signal?: AbortSignal): Promise<z.infer<typeof ControllerProblemsSchema>["items"]>;
  /** Newest first; with `after` and `wait` (seconds) as soon as there is a later one. */
  calls(asked: CallsAsked, signal?: AbortSignal): Promise<Calls>;
  callAggregates(windowSeconds: number, signal?: AbortSignal): Promise<CallAggregates>;
  /** From `since` (unix milliseconds) on, newest first. */
  changes(since: number, limit: number, signal?: AbortSignal): Promise<ControllerChanges>;
  /** Of every outcome when it is null. */
  callKinds(outcome: CallKind["outcome"] | null, signal?: AbortSignal): Promise<CallKinds>;
}

export interface CallsAsked {
  readonly limit: number;
  /** Only those after this cursor. */
  readonly after?: string;
  /** Seconds to wait for one. */
  readonly wait?: number;
}

type Address = NonNullable<WebSettings["controller"]>;

export function createControllerClient(address: Address): ControllerClient {
  const get = async <S extends z.ZodType>(schema: S, path: string, how: Patience = {}): Promise<z.output<S>> => {
    const text = await fetchText(address, path, how);
    const result = schema.safeParse(parseJson(text));
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    throw new AppError(
      "upstream_malformed",
      `The controller's ${path} is not what it should be: ${issue?.path.join(".")} ${issue?.message}.`,
      { hint: "Run the controller and the dashboard in the same version." },
    );
  };
  return {
    status: (signal) => get(ControllerStatusSchema, "/v1/status", { signal }),
    proxies: async (signal) => (await get(ProxiesSchema, "/v1/proxies", { signal })).items,
    config: (proxyId, signal) =>
      get(ProxyConfigSchema, `/v1/proxies/${encodeURIComponent(proxyId)}/config`, { signal }),
    envoyConfig: (proxyId, signal) =>
      get(EnvoyConfigSchema, `/v1/proxies/${encodeURIComponent(proxyId)}/envoy`, { signal, waitSeconds: 5 }),
    certificates: async (signal) => (await get(CertificatesSchema, "/v1/certificates", { signal })).items,
    problems: async (signal) => (await get(ControllerProblemsSchema, "/v1/problems", { signal })).items,
    calls: (asked, signal) => get(CallsSchema, callsPath(asked), { signal, waitSeconds: asked.wait ?? 0 }),
    callAggregates: (seconds, signal) =>
      get(CallAggregatesSchema, `/v1/calls/aggregates?window=${seconds}`, { signal }),
    callKinds: (outcome, signal) =>
      get(CallKindsSchema, `/v1/call-kinds${outcome === null ? "" : `?outcome=${outcome}`}`, { signal }),
    changes: (since, limit, signal) =>
      get(ControllerChangesSchema, `/v1/changes?since=${since}&limit=${limit}`, { signal }),
  };
}

function callsPath({ limit, after, wait }: CallsAsked): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (after !== undefined) query.set("after", after);
  if (wait !== undefined) query.set("wait", String(wait));
  return `/v1/calls?${query}`;
}

interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** How long it may take on purpose. */
  readonly waitSeconds?: number;
}

async function fetchText(address: Address, path: string, { signal, waitSeconds = 0 }: Patience): Promise<string> {
  // Files are read each time: the controller may come back with another authority, and tokens rotate.
  const [ca, token] = await Promise.all([fileOrNull(address.caFile), fileOrNull(address.tokenFile)]);
  const url = new URL(path, address.url);
  const timeout = AbortSignal.timeout(TIMEOUT_MS + waitSeconds * 1000);
  const options = {
    headers: { accept: "application/json", ...(token ? { authorization: `Bearer ${token.trim()}` } : {}) },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(ca ? { ca } : {}),
  };
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(unreachable(url, cause, timeout.aborted));
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) response.destroy(new Error(`its answer is larger than ${MOST_BYTES} bytes`));
        else chunks.push(chunk);
      });
      response.on("error", fail);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) resolve(text);
        else reject(told(text) ?? refused(url, response.statusCode ?? 0));
      });
    });
    request.on("error", fail);
    request.end();
  });
}

async function fileOrNull(path: string | null): Promise<string | null> {
  if (path === null) return null;
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AppError("upstream_unavailable", `The controller cannot be asked: ${path} cannot be read.`, {
      hint: "The controller writes it when it starts: check that it runs.",
      cause,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** What the controller could not learn from others it says itself; null for its other errors. */
function told(text: string): AppError | null {
  const body = ErrorBodySchema.safeParse(parseJson(text));
  if (!body.success || !body.data.error.code.startsWith("upstream_")) return null;
  const { code, message, hint } = body.data.error;
  return new AppError(code, message, hint === undefined ? {} : { hint });
}

function refused(url: URL, status: number): AppError {
  if (status === 404) {
    return new AppError("not_found", `The controller at ${url.host} has no ${url.pathname}.`, {
      hint: "It may be gone meanwhile, or the controller is of another version than the dashboard.",
    });
  }
  const known = status === 401 || status === 403;
  return new AppError("upstream_unavailable", `The controller at ${url.host} answered ${status} to ${url.pathname}.`, {
    hint: known
      ? "Check that MESHDECK_ADMIN_TOKEN_FILE is the controller's token."
      : "Look at the controller's log, or try again in a moment.",
  });
}

function unreachable(url: URL, cause: unknown, timedOut: boolean): AppError {
  const why = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
  return timedOut
    ? new AppError("upstream_timeout", `The controller at ${url.host} did not answer within ${TIMEOUT_MS / 1000} s.`, {
        hint: "It may be overloaded or stopped: look at its log.",
        cause,
      })
    : new AppError("upstream_unavailable", `The controller at ${url.host} cannot be reached: ${why}.`, {
        hint: "Check that it runs. Sidecars keep their configuration meanwhile.",
        cause,
      });
}
