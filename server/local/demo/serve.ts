/** A small HTTP server for the demo applications: routes by method and path, health, and a graceful end. */
import http from "node:http";
import type { DemoSettings } from "./settings";

export interface DemoAnswer {
  readonly status?: number;
  readonly body: unknown;
}

export type DemoRoute = (request: http.IncomingMessage) => Promise<DemoAnswer> | DemoAnswer;

/** Serves `routes` (`GET /path`) as JSON, plus `GET /healthz`. Resolves when it listens; the result ends it. */
export function serveHttp(
  settings: DemoSettings,
  routes: Readonly<Record<string, DemoRoute>>,
): Promise<() => Promise<void>> {
  let ending = false;
  const server = http.createServer((request, response) => {
    request.resume();
    const path = (request.url ?? "/").split("?")[0];
    const route: DemoRoute | undefined =
      path === "/healthz" ? () => ({ body: { ok: true } }) : routes[`${request.method} ${path}`];
    const headers = { identity: settings.identity, "content-type": "application/json" };
    Promise.resolve()
      .then(
        (): Promise<DemoAnswer> | DemoAnswer =>
          route?.(request) ?? { status: 404, body: { error: `no such page: ${path}` } },
      )
      .catch((error: unknown) => ({
        status: 502,
        body: { error: error instanceof Error ? error.message : String(error) },
      }))
      .then(({ status = 200, body }) => {
        response.writeHead(status, ending ? { ...headers, connection: "close" } : headers);
        response.end(`${JSON.stringify(body)}\n`);
      });
  });
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(settings.port, settings.bindHost, () => {
      resolve(
        () =>
          new Promise((ended) => {
            ending = true;
            server.close(() => ended());
            server.closeIdleConnections();
          }),
      );
    });
  });
}
