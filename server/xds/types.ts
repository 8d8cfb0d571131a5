/** What the controller and the xDS server say to each other. */
import type { ProxyConfig, Proxy as ProxyState } from "@/lib/contract/admin";
import type { MeshModel } from "@/lib/mesh/model";

/** PEM. The chain has the leaf first. */
export interface KeyPair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface XdsServerOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly server: KeyPair;
  /** PEM of the roots that client certificates are checked against. */
  readonly clientRootsPem: string;
  readonly trustDomain: string;
  /** Batches of access log entries of sidecars. Called often: must return at once. */
  readonly onCalls?: (calls: readonly CallRecord[]) => void;
  readonly onNack?: (nack: { proxyId: string; type: string; message: string }) => void;
  readonly log: XdsLog;
}

export interface XdsLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface XdsServer {
  readonly port: number;
  /** Replaces the model. Rebuilds and sends only what changed; returns how much that was. */
  update(model: MeshModel): { resourcesBuilt: number; proxiesTouched: number };
  /** Certificates by identity key, and the trust bundle every proxy gets. Pushes what changed by SDS. */
  setSecrets(certificates: ReadonlyMap<string, KeyPair>, trustBundlePem: string): void;
  /** Connected proxies, sorted by pod. */
  proxies(): readonly ProxyState[];
  /** What a connected proxy is given, by its node id; null when it is not connected. */
  config(proxyId: string): ProxyConfig | null;
  close(): Promise<void>;
}

/** One call as a sidecar's access log told it. */
export interface CallRecord {
  /** Unix milliseconds. */
  readonly at: number;
  /** `client`: the caller's sidecar wrote it. `server`: the called one did. */
  readonly side: "client" | "server";
  /** The proxy that wrote it: pod key, identity key and owner (node id) from the model; null when unknown. */
  readonly pod: string | null;
  readonly workload: string | null;
  /** Identity keys; null when the other side showed no certificate. */
  readonly sourceIdentity: string | null;
  readonly destinationIdentity: string | null;
  /** Source workload (node id) and destination service key, as far as they are known. */
  readonly sourceWorkload: string | null;
  readonly destinationService: string | null;
  readonly protocol: "http" | "tcp";
  readonly method: string | null;
  readonly path: string | null;
  readonly status: number | null;
  /** Envoy's response code details, for example `rbac_access_denied_matched_policy[none]`. */
  readonly details: string | null;
  /** Envoy's response flags, for example `UH`. */
  readonly flags: readonly string[];
  readonly durationMs: number | null;
  readonly denied: boolean;
  /** RBAC policy that let it in, when known. */
  readonly policy: string | null;
}
