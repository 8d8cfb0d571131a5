import http from "node:http";
import { listen } from "@/server/platform/listen";
import type { Logger } from "@/server/platform/log";

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** GET /healthz (the process answers), /readyz (it serves sidecars) and /metrics. Plain HTTP, for kubelet and Prometheus. */
export async function serveHttp(options: {
  readonly host: string;
  readonly port: number;
  /** What is not ready yet; empty when everything is. */
  readonly waitingFor: () => readonly string[];
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  readonly log: Logger;
}): Promise<HttpServer> {
  const server = http.createServer((request, response) => {
    const answer = (status: number, body: string, type = "text/plain; charset=utf-8") =>
      response.writeHead(status, { "content-type": type }).end(body);
    const path = (request.url ?? "/").split("?")[0];
    if (request.method !== "GET" && request.method !== "HEAD") return answer(405, "GET only\n");
    if (path === "/healthz") return answer(200, "ok\n");
    if (path === "/readyz") {
      const missing = options.waitingFor();
      return missing.length === 0 ? answer(200, "ok\n") : answer(503, `waiting for ${missing.join(", ")}\n`);
    }
    if (path !== "/metrics") return answer(404, "GET /healthz, /readyz or /metrics\n");
    options.metrics.text().then(
      (text) => answer(200, text, options.metrics.contentType),
      (error: unknown) => {
        options.log.error({ event: "metrics", error: String(error) }, "metrics could not be read");
        answer(500, "metrics could not be read\n");
      },
    );
  });
  const port = await listen(server, { host: options.host, port: options.port, what: "HTTP server" });
  return { port, close: () => closeServer(server) };
}

/** Stops listening and ends what is idle; resolves when the last answer is out, or after a second. */
export function closeServer(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 1000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
