/** Asks a sidecar's Envoy what it has, as the controller: over mutual TLS, to the one that runs as who it should be. */
import { request } from "node:https";
import type { PeerCertificate } from "node:tls";
import { AppError } from "@/lib/contract/errors";
import { SIDECAR_CONFIG_PORT } from "@/lib/kube/names";
import type { KeyPair } from "./types";

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 64 * 1024 * 1024;

export interface EnvoyAddress {
  /** The pod's address, and the SPIFFE id its sidecar must show. */
  readonly address: string;
  readonly spiffeId: string;
}

export interface ControllerCredentials {
  /** The controller's own, by its SPIFFE id. */
  readonly own: KeyPair;
  readonly rootsPem: string;
}

/** Envoy's /config_dump with endpoints, as text. Throws AppError upstream_unavailable, upstream_timeout or upstream_malformed. */
export function fetchConfigDump(
  { address, spiffeId }: EnvoyAddress,
  { own, rootsPem }: ControllerCredentials,
): Promise<string> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(unreachable(address, cause, timeout.aborted));
    const asked = request(
      {
        host: address,
        port: SIDECAR_CONFIG_PORT,
        path: "/config_dump?include_eds",
        cert: own.certificatePem,
        key: own.keyPem,
        ca: rootsPem,
        agent: false,
        signal: timeout,
        checkServerIdentity: (_host: string, certificate: PeerCertificate) => notWho(certificate, spiffeId),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > MOST_BYTES) response.destroy(new Error(`its configuration is larger than ${MOST_BYTES} bytes`));
          else chunks.push(chunk);
        });
        response.on("error", fail);
        response.on("end", () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString("utf8"));
          else fail(new Error(`it answered ${response.statusCode}`));
        });
      },
    );
    asked.on("error", fail);
    asked.end();
  });
}

function notWho({ subjectaltname }: PeerCertificate, spiffeId: string): Error | undefined {
  const names = (subjectaltname ?? "").split(", ");
  return names.includes(`URI:${spiffeId}`) ? undefined : new Error(`it does not show ${spiffeId}`);
}

function unreachable(address: string, cause: unknown, timedOut: boolean): AppError {
  const where = `The sidecar at ${address}:${SIDECAR_CONFIG_PORT}`;
  if (timedOut) {
    return new AppError("upstream_timeout", `${where} did not answer within ${TIMEOUT_MS / 1000} s.`, {
      hint: "It may be starting or overloaded; a NetworkPolicy may keep the controller out.",
      cause,
    });
  }
  const why = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
  return new AppError("upstream_unavailable", `${where} cannot be asked what it has: ${why}.`, {
    hint: `It may not have taken its listeners yet; a NetworkPolicy must let the controller reach port ${SIDECAR_CONFIG_PORT} of pods.`,
    cause,
  });
}
