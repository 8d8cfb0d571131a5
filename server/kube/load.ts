import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import { KubeClient } from "./client";
import {
  type CredentialSource,
  delegated,
  fromFields,
  type Impersonated,
  impersonating,
  inCluster,
} from "./credentials";
import { type KubeconfigContext, readKubeconfig } from "./kubeconfig";
import type { Credentials, KubeAccess } from "./transport";

export interface LoadOptions {
  /** Path of a kubeconfig. Without it: KUBECONFIG, ~/.kube/config, then the service account of the pod. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** A bearer token that takes the place of the kubeconfig's user: what is done is done with that user's rights. */
  readonly token?: string | undefined;
  /** Whom the kubeconfig's user acts as. It needs the right to impersonate. */
  readonly impersonate?: Impersonated | undefined;
}

/** Tokens and certificates may be files that rotate: they are looked at again after this long. */
const CREDENTIALS_LAST_MS = 10_000;

/** A client for the API server that a kubeconfig or the pod's service account names. `invalid_request` when there is none. */
export function loadKube(options: LoadOptions = {}): KubeClient {
  const access = kubeAccess(options);
  return new KubeClient(options.impersonate ? impersonating(access, options.impersonate) : access);
}

function kubeAccess(options: LoadOptions): KubeAccess {
  const paths = options.kubeconfig ? [options.kubeconfig] : defaultPaths();
  const pod = paths.length === 0 ? inCluster(options.token) : null;
  if (pod) return { server: pod.server, credentials: cached(pod.credentials) };
  if (paths.length === 0) {
    throw new AppError("invalid_request", "There is no kubeconfig, and this is no pod of a cluster.", {
      hint: "Give the path of a kubeconfig, or set KUBECONFIG.",
    });
  }
  const context = read(paths, options);
  const { cluster, user } = options.token ? { ...context, user: { token: options.token } } : context;
  const source = user.exec || user["auth-provider"] ? delegated(paths, context.name) : fromFields(cluster, user);
  return { server: cluster.server.replace(/\/+$/, ""), namespace: context.namespace, credentials: cached(source) };
}

function defaultPaths(): string[] {
  const given = (process.env.KUBECONFIG ?? "").split(delimiter).filter((path) => path !== "");
  const home = join(homedir(), ".kube", "config");
  return (given.length > 0 ? given : [home]).filter((path) => existsSync(path));
}

function read(paths: readonly string[], options: LoadOptions): KubeconfigContext {
  try {
    return readKubeconfig(paths, options.context);
  } catch (error) {
    const known = error as NodeJS.ErrnoException;
    const why = known.code === "ENOENT" ? "there is no such file" : known.message;
    throw new AppError("invalid_request", `The kubeconfig ${paths.join(", ")} cannot be used: ${why}.`, {
      hint: "Give the path of a kubeconfig whose current context names a cluster.",
      cause: error,
    });
  }
}

function cached(source: CredentialSource): () => Promise<Credentials> {
  let last: { at: number; value: Promise<Credentials> } | null = null;
  return () => {
    if (!last || Date.now() - last.at > CREDENTIALS_LAST_MS) {
      last = { at: Date.now(), value: source() };
      last.value.catch(() => {
        last = null;
      });
    }
    return last.value;
  };
}
