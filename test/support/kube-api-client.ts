/** A plain HTTP client of a Kubernetes API: what it answers, unread by any library. */
import http from "node:http";
import https, { type RequestOptions } from "node:https";

export interface Access {
  readonly url: string;
  /** Empty over plain HTTP. */
  readonly caPem: string;
  /** Empty when the client certificate speaks for the caller. */
  readonly token: string;
  readonly certificatePem?: string;
  readonly keyPem?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** The text as JSON; undefined when it is none. */
  readonly body: unknown;
}

export interface Call {
  readonly body?: unknown;
  readonly type?: string;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Events of one watch. */
export interface Watching {
  /** The next one. Rejects after 5 s without any, and when the watch has ended. */
  next(): Promise<WatchEvent>;
  /** Resolves when the server ends it. */
  readonly ended: Promise<void>;
  stop(): void;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

export interface Api {
  call(method: string, path: string, call?: Call): Promise<Answer>;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  /** `type` is `json`, `merge` or `strategic`. */
  patch(path: string, type: PatchType, body: unknown): Promise<Answer>;
  delete(path: string, body?: unknown): Promise<Answer>;
  watch(path: string, accept?: string): Promise<Watching>;
  close(): void;
}

export type PatchType = "json" | "merge" | "strategic";

const PATCHES: Readonly<Record<PatchType, string>> = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
};
const EVENT_MS = 5000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function connect(access: Access): Api {
  const { certificatePem: cert, keyPem: key } = access;
  const secure = access.url.startsWith("https:");
  const request = secure ? https.request : http.request;
  const tls = {
    ca: access.caPem,
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  const agent = secure ? new https.Agent({ keepAlive: true, ...tls }) : new http.Agent({ keepAlive: true });
  const authorization: Record<string, string> = access.token === "" ? {} : { authorization: `Bearer ${access.token}` };

  function options(method: string, call: Call): RequestOptions {
    const type = call.body === undefined ? {} : { "content-type": call.type ?? "application/json" };
    const accept = { accept: call.accept ?? "application/json" };
    // With a Host of its own a call still goes to the server whose certificate is checked.
    const servername = call.headers?.host === undefined ? {} : { servername: "localhost" };
    return { method, agent, ...servername, headers: { ...authorization, ...type, ...accept, ...call.headers } };
  }

  function call(method: string, path: string, what: Call = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(`${access.url}${path}`, options(method, what), (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) }),
        );
      });
      sent.on("error", reject);
      const { body } = what;
      if (body === undefined) return void sent.end();
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
      // Node gives the body of a DELETE no length of itself.
      sent.setHeader("content-length", bytes.length);
      sent.end(bytes);
    });
  }

  function watch(path: string, accept?: string): Promise<Watching> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${access.url}${path}`,
        options("GET", accept === undefined ? {} : { accept }),
        (response) => {
          if (response.statusCode === 200) resolve(watching(response, () => sent.destroy()));
          else reject(new Error(`the watch was answered ${response.statusCode}`));
        },
      );
      sent.on("error", reject);
      sent.end();
    });
  }

  return {
    call,
    watch,
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, { body }),
    put: (path, body) => call("PUT", path, { body }),
    patch: (path, type, body) => call("PATCH", path, { body, type: PATCHES[type] }),
    delete: (path, body) => call("DELETE", path, body === undefined ? {} : { body }),
    close: () => agent.destroy(),
  };
}

function watching(response: NodeJS.ReadableStream, stop: () => void): Watching {
  const events: WatchEvent[] = [];
  let wake = (): void => {};
  let over = false;
  let rest = "";
  response.setEncoding("utf8");
  response.on("data", (piece: string | Buffer) => {
    const lines = `${rest}${piece.toString()}`.split("\n");
    rest = lines.pop() ?? "";
    events.push(...lines.map((line) => JSON.parse(line) as WatchEvent));
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      over = true;
      wake();
      resolve();
    };
    response.on("end", end);
    response.on("error", end);
    response.on("close", end);
  });
  return {
    ended,
    stop,
    async next() {
      const until = Date.now() + EVENT_MS;
      while (events.length === 0) {
        if (over) throw new Error("the watch has ended");
        if (Date.now() > until) throw new Error(`no event within ${EVENT_MS} ms`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, until - Date.now() + 1);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return events.shift() ?? { type: "", object: null };
    },
  };
}
