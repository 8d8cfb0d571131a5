/** Stands before an API server, over TLS as it does itself, and keeps which requests went by and how they were answered. */
import { once } from "node:events";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { makeServerTls } from "@/server/local/api/tls";

export interface Passed {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
}

export interface CountingProxy {
  readonly url: string;
  readonly caPem: string;
  /** Since the last time this was asked. */
  taken(): readonly Passed[];
  close(): void;
}

export async function startCountingProxy(target: {
  readonly url: string;
  readonly caPem: string;
}): Promise<CountingProxy> {
  const { caPem, certificatePem, keyPem } = await makeServerTls("127.0.0.1", new Date());
  let passed: Passed[] = [];
  const agent = new Agent({ ca: target.caPem, keepAlive: true });
  const server = createServer({ cert: certificatePem, key: keyPem }, (incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    const sent = request(new URL(url, target.url), { method, headers, agent });
    sent.on("response", (answer) => {
      const status = answer.statusCode ?? 502;
      passed.push({ method, path: url.replace(/\?.*/, ""), status });
      outgoing.writeHead(status, answer.headers);
      pipeline(answer, outgoing, () => undefined);
    });
    // Nobody there: nobody here either.
    sent.on("error", () => outgoing.destroy());
    outgoing.on("close", () => sent.destroy());
    incoming.pipe(sent);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem,
    taken() {
      const since = passed;
      passed = [];
      return since;
    },
    close() {
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}
