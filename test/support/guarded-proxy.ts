/** What stands before a metrics store in earnest: TLS, who may ask, a path of its own, and a header that names the tenant. */
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";

export interface GuardedProxyOptions {
  /** What is behind it. */
  readonly target: string;
  /** PEM. */
  readonly certificate: { readonly cert: string; readonly key: string };
  /** PEM: clients must show a certificate of this authority; null: they need none. */
  readonly clientCa: string | null;
  /** Status to refuse a request with; null lets it through. `path` is without the prefix. */
  readonly refuse: (request: IncomingMessage) => number | null;
  /** Where the API is served under, for example `/prometheus`. */
  readonly prefix: string;
}

export interface GuardedProxy {
  readonly port: number;
  /** Common names of the certificates clients showed. */
  readonly clients: string[];
  close(): Promise<void>;
}

export async function startGuardedProxy(options: GuardedProxyOptions): Promise<GuardedProxy> {
  const { target, certificate, clientCa, refuse, prefix } = options;
  const clients: string[] = [];
  const mutual = clientCa === null ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ ...certificate, ...mutual }, (incoming, outgoing) => {
    if (clientCa !== null) clients.push(String((incoming.socket as TLSSocket).getPeerCertificate().subject?.CN));
    const path = incoming.url ?? "";
    const status = path.startsWith(`${prefix}/`) ? refuse(incoming) : 404;
    if (status !== null) {
      outgoing.writeHead(status, { "content-type": "text/plain" }).end("no\n");
      return;
    }
    const { host: _host, authorization: _authorization, ...headers } = incoming.headers;
    const sent = request(new URL(path.slice(prefix.length), target), { method: incoming.method, headers });
    sent.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(sent);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    clients,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
