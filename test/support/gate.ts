/** A loopback door in front of an HTTP server: what goes through can be refused, forbidden or held back. */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** open: passed on. away: the connection is cut. forbidden: 403 as a Kubernetes API says it. hanging: never answered. */
export type GateMode = "open" | "away" | "forbidden" | "hanging";

export interface Gate {
  readonly url: string;
  /** Holds for requests to come; what is under way is cut. */
  set(mode: GateMode): void;
  stop(): Promise<void>;
}

export interface GateOptions {
  readonly modeOf?: (path: string) => GateMode | null;
  /** Answers by itself and says so: a stand-in for a part of the target. */
  readonly answer?: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
}

/** `mode` of `modeOf(path)` is asked first, then that of `set`. */
export async function startGate(
  target: string,
  { modeOf = () => null, answer = () => false }: GateOptions = {},
): Promise<Gate> {
  let mode: GateMode = "open";
  const server = createServer((incoming, outgoing) => {
    if (answer(incoming, outgoing)) return;
    const now = modeOf(incoming.url ?? "") ?? mode;
    if (now === "open") pass(target, incoming, outgoing);
    else if (now === "away") incoming.socket.destroy();
    else if (now === "forbidden") forbid(incoming, outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      mode = next;
      server.closeAllConnections();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const upstream = request(new URL(incoming.url ?? "/", target), {
    method: incoming.method ?? "GET",
    headers: { ...incoming.headers, host: new URL(target).host },
  });
  upstream.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("error", () => outgoing.destroy());
    answer.pipe(outgoing);
  });
  upstream.on("error", () => outgoing.destroy());
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
}

function forbid(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const resource = /\/([a-z]+)(?:\?|$)/.exec(incoming.url ?? "")?.[1] ?? "resources";
  outgoing.writeHead(403, { "content-type": "application/json" }).end(
    JSON.stringify({
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      reason: "Forbidden",
      code: 403,
      message: `${resource} is forbidden: User "viewer" cannot list resource "${resource}" at the cluster scope`,
    }),
  );
}
