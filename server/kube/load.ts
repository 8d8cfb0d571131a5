import { KubeConfig } from "@kubernetes/client-node";
import { AppError } from "@/lib/contract/errors";
import { KubeClient } from "./client";
import type { Credentials, KubeAccess } from "./transport";

export interface LoadOptions {
  /** Path of a kubeconfig. Without it: KUBECONFIG, ~/.kube/config, then the service account of the pod. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** A bearer token that takes the place of the kubeconfig's user: what is done is done with that user's rights. */
  readonly token?: string | undefined;
}

/** Tokens and certificates may be files that rotate: they are looked at again after this long. */
const CREDENTIALS_LAST_MS = 10_000;

/** A client for the API server that a kubeconfig or the pod's service account names. AppError when there is none. */
export function loadKube(options: LoadOptions = {}): KubeClient {
  return new KubeClient(kubeAccess(options));
}

function kubeAccess(options: LoadOptions): KubeAccess {
  const config = new KubeConfig();
  try {
    if (options.kubeconfig) config.loadFromFile(options.kubeconfig);
    else config.loadFromDefault();
    if (options.context) config.setCurrentContext(options.context);
  } catch (error) {
    throw unusable(options, error instanceof Error ? error.message : String(error), error);
  }
  const cluster = config.getCurrentCluster();
  if (!cluster) throw unusable(options, `its context "${config.getCurrentContext()}" names no cluster`);
  if (options.token) {
    config.loadFromClusterAndUser(cluster, { name: "token", token: options.token });
  }
  let cached: { at: number; value: Promise<Credentials> } | null = null;
  return {
    server: cluster.server.replace(/\/+$/, ""),
    credentials() {
      if (!cached || Date.now() - cached.at > CREDENTIALS_LAST_MS) {
        cached = { at: Date.now(), value: credentials(config) };
        cached.value.catch(() => {
          cached = null;
        });
      }
      return cached.value;
    },
  };
}

async function credentials(config: KubeConfig): Promise<Credentials> {
  const applied: Parameters<KubeConfig["applyToHTTPSOptions"]>[0] & { auth?: string } = { headers: {} };
  await config.applyToHTTPSOptions(applied);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(applied.headers ?? {})) headers[name] = String(value);
  if (applied.auth) headers.Authorization = `Basic ${Buffer.from(applied.auth).toString("base64")}`;
  const tls: Record<string, unknown> = {};
  for (const name of ["ca", "cert", "key", "pfx", "passphrase", "servername", "rejectUnauthorized"] as const) {
    if (applied[name] !== undefined) tls[name] = applied[name];
  }
  return { headers, tls: tls as Credentials["tls"] };
}

function unusable(options: LoadOptions, why: string, cause?: unknown): AppError {
  const where = options.kubeconfig ? `The kubeconfig ${options.kubeconfig}` : "The kubeconfig";
  return new AppError("invalid_request", `${where} cannot be used: ${why}.`, {
    hint: "Give the path of a kubeconfig whose current context names a cluster.",
    cause,
  });
}
