import https from "node:https";
import { listen } from "@/server/platform/listen";
import type { Logger } from "@/server/platform/log";
import { readBody } from "@/server/platform/read-body";
import { type ReviewContext, review } from "./review";

export const WEBHOOK_PATH = "/mutate-pod-creation";
/** etcd takes 1.5 MiB of an object; a review carries it once on creation. */
const BODY_MAX_BYTES = 4 * 1024 * 1024;

export interface Webhook {
  readonly port: number;
  /** New connections use the new certificate. */
  setCertificate(certificate: { certificatePem: string; keyPem: string }): void;
  close(): Promise<void>;
}

export interface WebhookOptions {
  readonly host: string;
  readonly port: number;
  readonly certificate: { readonly certificatePem: string; readonly keyPem: string };
  /** Asked for each review: settings change while the process runs. */
  readonly context: () => ReviewContext;
  readonly onOutcome: (outcome: "injected" | "left" | "refused" | "failed", seconds: number) => void;
  readonly log: Logger;
}

/** Serves the injection webhook over HTTPS. It only answers; it creates nothing. */
export async function serveWebhook(options: WebhookOptions): Promise<Webhook> {
  const pair = (from: WebhookOptions["certificate"]) => ({ cert: from.certificatePem, key: from.keyPem });
  const server = https.createServer(pair(options.certificate), (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (request.method === "GET" && request.url === "/healthz") return answer(200, { ok: true });
    const path = new URL(request.url ?? "/", "https://webhook").pathname;
    if (request.method !== "POST" || path !== WEBHOOK_PATH) return answer(404, { error: `POST ${WEBHOOK_PATH}` });
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    readBody(request, BODY_MAX_BYTES)
      .then((body) => review(JSON.parse(body), options.context()))
      .then((result) => {
        answer(200, result.body);
        options.onOutcome(result.outcome, seconds());
        const { pod, reason, outcome } = result;
        options.log.info({ event: "inject", pod, reason, outcome }, `pod ${outcome}`);
      })
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        answer(400, { error: message });
        options.onOutcome("failed", seconds());
        options.log.error({ event: "inject.failed", error: message }, "could not answer an admission review");
      });
  });
  const port = await listen(server, { host: options.host, port: options.port, what: "injection webhook" });
  return {
    port,
    setCertificate: (certificate) => server.setSecureContext(pair(certificate)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
