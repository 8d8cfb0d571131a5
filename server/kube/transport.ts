import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { AppError } from "@/lib/contract/errors";
import { connectionError, kubeError } from "./errors";

/** How to reach and satisfy one API server. Credentials are asked for before each request, so that they may rotate. */
export interface KubeAccess {
  /** Base URL, without a trailing slash. */
  readonly server: string;
  /** The namespace the user works in, as the kubeconfig says. */
  readonly namespace?: string;
  credentials(): Promise<Credentials>;
}

export interface Credentials {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly tls: Pick<
    https.AgentOptions,
    "ca" | "cert" | "key" | "pfx" | "passphrase" | "servername" | "rejectUnauthorized"
  >;
}

export interface KubeRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with encoded parts, beginning with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
  /** What is asked, for error messages: `list pods`. */
  readonly doing: string;
}

const REQUEST_TIMEOUT_SECONDS = 30;
/** Below the 5 s after which Node's servers close idle connections, so that we never write into a closing one. */
const IDLE_SOCKET_MS = 4_000;
const KEEP_ALIVE_PROBE_MS = 15_000;

/** HTTP/1.1 with kept connections. One per API server and user. */
export class Transport {
  readonly #access: KubeAccess;
  #agent: http.Agent | https.Agent | null = null;
  #agentTls: Credentials["tls"] | null = null;

  constructor(access: KubeAccess) {
    this.#access = access;
  }

  get server(): string {
    return this.#access.server;
  }

  get namespace(): string {
    return this.#access.namespace ?? "default";
  }

  /** The body of a successful answer as text. Anything else is an AppError. */
  async request(request: KubeRequest): Promise<string> {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_SECONDS * 1000);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    const response = await this.open({ ...request, signal });
    try {
      return await text(response);
    } catch (error) {
      throw this.#failed(request, error, timeout.aborted);
    }
  }

  /** A successful answer whose body is still to be read: watches and logs. */
  async open(request: KubeRequest): Promise<http.IncomingMessage> {
    const response = await this.send(request);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    const body = await text(response).catch(() => "");
    throw kubeError(status, body, request.doing);
  }

  close(): void {
    this.#agent?.destroy();
    this.#agent = null;
  }

  /** An answer of any status, whose body is still to be read. */
  async send(request: KubeRequest): Promise<http.IncomingMessage> {
    try {
      const credentials = await this.#access.credentials();
      try {
        return await this.#once(request, credentials);
      } catch (error) {
        if (!(error instanceof StaleConnection) || request.method !== "GET") throw error;
        return await this.#once(request, credentials);
      }
    } catch (error) {
      throw this.#failed(request, error, isTimeout(request.signal));
    }
  }

  #once(request: KubeRequest, credentials: Credentials): Promise<http.IncomingMessage> {
    const url = new URL(this.#access.server + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const body = request.body === undefined ? null : Buffer.from(JSON.stringify(request.body));
    const options: https.RequestOptions = {
      method: request.method,
      agent: this.#agentFor(url, credentials),
      headers: {
        accept: request.accept ?? "application/json",
        ...(body ? { "content-type": request.contentType ?? "application/json", "content-length": body.length } : {}),
        ...credentials.headers,
      },
      ...(request.signal ? { signal: request.signal } : {}),
    };
    return new Promise((resolve, reject) => {
      const sent = (url.protocol === "https:" ? https : http).request(url, options, resolve);
      sent.on("socket", (socket: Socket) => socket.setKeepAlive(true, KEEP_ALIVE_PROBE_MS));
      sent.on("error", (error: NodeJS.ErrnoException) => {
        const stale = sent.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
        reject(stale ? new StaleConnection(error) : error);
      });
      sent.end(body ?? undefined);
    });
  }

  #agentFor(url: URL, credentials: Credentials): http.Agent | https.Agent {
    if (this.#agent && sameTls(this.#agentTls, credentials.tls)) return this.#agent;
    const keep = { keepAlive: true, timeout: IDLE_SOCKET_MS };
    this.#agent = url.protocol === "https:" ? new https.Agent({ ...keep, ...credentials.tls }) : new http.Agent(keep);
    this.#agentTls = credentials.tls;
    return this.#agent;
  }

  #failed(request: KubeRequest, error: unknown, timedOut: boolean): AppError {
    if (error instanceof AppError) return error;
    const cause = error instanceof StaleConnection ? error.cause : error;
    return connectionError(cause, { server: this.#access.server, doing: request.doing, timedOut });
  }
}

/** A kept connection that the server had closed: nothing of the request was answered. */
class StaleConnection extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

function isTimeout(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && (signal.reason as Error | undefined)?.name === "TimeoutError";
}

function sameTls(left: Credentials["tls"] | null, right: Credentials["tls"]): boolean {
  if (!left) return false;
  const text = (tls: Credentials["tls"]) =>
    [tls.ca, tls.cert, tls.key, tls.servername, tls.rejectUnauthorized].map(String);
  return text(left).join("\n") === text(right).join("\n");
}
