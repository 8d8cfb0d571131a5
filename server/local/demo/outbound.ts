/** Calls out as an application in capture mode `none` makes them: absolute-form HTTP and CONNECT through its sidecar. */
import http from "node:http";
import net from "node:net";

export interface HttpCall {
  readonly method: "GET" | "POST";
  /** `host:port`. */
  readonly authority: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Outbound {
  /** Rejects when no answer comes within 10 s or the connection fails. */
  call(call: HttpCall): Promise<HttpAnswer>;
  /** Sends one line to a TCP service and returns the line it answers. */
  askLine(authority: string, line: string): Promise<string>;
}

const TIMEOUT_MS = 10_000;

export function createOutbound(proxy: URL | null): Outbound {
  // More than are ever under way: a call that waited for a connection of its own would seem slow to nobody but its caller.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  return {
    call: (call) => sendHttp(call, proxy, agent),
    askLine: (authority, line) => askLine(authority, line, proxy),
  };
}

function endpoint(authority: string, proxy: URL | null): { host: string; port: number } {
  const url = proxy ?? new URL(`http://${authority}`);
  return { host: url.hostname, port: Number(url.port || 80) };
}

function sendHttp(call: HttpCall, proxy: URL | null, agent: http.Agent): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        ...endpoint(call.authority, proxy),
        agent,
        method: call.method,
        path: proxy ? `http://${call.authority}${call.path}` : call.path,
        headers: { ...call.headers, host: call.authority },
        timeout: TIMEOUT_MS,
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
        response.on("error", reject);
      },
    );
    request.on("timeout", () => request.destroy(new Error(`no answer from ${call.authority} within ${TIMEOUT_MS} ms`)));
    request.on("error", reject);
    request.end();
  });
}

function askLine(authority: string, line: string, proxy: URL | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(endpoint(authority, proxy));
    let received = "";
    let connected = proxy === null;
    socket.setEncoding("latin1");
    socket.setTimeout(TIMEOUT_MS, () =>
      socket.destroy(new Error(`no answer from ${authority} within ${TIMEOUT_MS} ms`)),
    );
    socket.on("connect", () => {
      socket.write(proxy ? `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n` : `${line}\n`);
    });
    socket.on("data", (chunk) => {
      received += chunk;
      if (!connected) {
        const end = received.indexOf("\r\n\r\n");
        if (end < 0) return;
        const status = Number(received.split(" ")[1]);
        if (status !== 200) {
          socket.destroy(new Error(`the sidecar answered ${status} to CONNECT ${authority}`));
          return;
        }
        received = received.slice(end + 4);
        connected = true;
        socket.write(`${line}\n`);
      }
      const newline = received.indexOf("\n");
      if (newline < 0) return;
      resolve(received.slice(0, newline));
      socket.end();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`${authority} closed the connection without an answer`)));
  });
}
