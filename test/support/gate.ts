/** A loopback door in front of an HTTP server: what goes through can be refused, forbidden or held back. */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** open: passed on. away: the connection is cut. forbidden: 403 as a Kubernetes API says it. held: waits for another mode. refused: 502 with `REFUSED`. */
export type GateMode = "open" | "away" | "forbidden" | "held" | "refused";

/** As the dashboard's server says that it could not do what was asked. */
export const REFUSED = {
  error: { code: "upstream_malformed", message: "The store said nonsense.", hint: "Look at its log." },
} as const;

export interface Gate {
  readonly url: string;
  /** Holds for requests to come and for those that were held; what else is under way is cut. */
  set(mode: GateMode): void;
  stop(): Promise<void>;
}

export interface GateOptions {
  readonly modeOf?: (path: string) => GateMode | null;
  /** Answers by itself and says so: a stand-in for a part of the target. */
  readonly answer?: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
  /** The target sees the name and port that was asked for, as browsers' requests to write need: not its own. */
  readonly keepsHost?: boolean;
}

/** `mode` of `modeOf(path)` is asked first, then that of `set`. */
export async function startGate(
  target: string,
  { modeOf = () => null, answer = () => false, keepsHost = false }: GateOptions = {},
): Promise<Gate> {
  let mode: GateMode = "open";
  const held: (() => void)[] = [];
  const take = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (answer(incoming, outgoing)) return;
    const now = modeOf(incoming.url ?? "") ?? mode;
    if (now === "open") pass(target, incoming, outgoing, keepsHost);
    else if (now === "away") incoming.socket.destroy();
    else if (now === "forbidden") forbid(incoming, outgoing);
    else if (now === "refused") json(outgoing, 502, REFUSED);
    else held.push(() => take(incoming, outgoing));
  };
  const server = createServer(take);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      if (mode !== "held") server.closeAllConnections();
      mode = next;
      for (const go of held.splice(0)) go();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse, keepsHost: boolean): void {
  const upstream = request(new URL(incoming.url ?? "/", target), {
    method: incoming.method ?? "GET",
    headers: keepsHost ? incoming.headers : { ...incoming.headers, host: new URL(target).host },
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
  json(outgoing, 403, {
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    reason: "Forbidden",
    code: 403,
    message: `${resource} is forbidden: User "viewer" cannot list resource "${resource}" at the cluster scope`,
  });
}

function json(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
