/** The dashboard's line to Kubernetes. Without a kubeconfig that can be used there is none yet: it is looked for again. */
import { AppError } from "@/lib/contract/errors";
import type { KubeClient } from "@/server/kube/client";
import { loadKube } from "@/server/kube/load";
import { watchMesh } from "@/server/kube/mesh-watch";
import { Rights } from "@/server/kube/rights";
import { MeshReader, type MeshView, withoutKubernetes } from "./mesh-view";
import type { WebSettings } from "./settings";

export interface KubeConnection {
  /** Throws AppError `upstream_unavailable` when there is no Kubernetes API to ask. */
  readonly client: () => KubeClient;
  /** What is known now; empty, with a word why, when there is no Kubernetes API. */
  readonly mesh: () => Promise<MeshView>;
}

export interface KubeConnectionOptions {
  readonly log: { warn(fields: object, message: string): void };
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Some object changed. */
  readonly onChange: () => void;
}

type Connected = { readonly client: KubeClient; readonly reader: MeshReader };

const RETRY_MS = 2_000;

export function connectKube(settings: WebSettings, { log, now, onChange }: KubeConnectionOptions): KubeConnection {
  let state: Connected | { readonly error: AppError; readonly at: number } | null = null;
  const connected = (): Connected | AppError => {
    if (state !== null && "client" in state) return state;
    if (state !== null && now() - state.at < RETRY_MS) return state.error;
    const found = connect(settings, onChange);
    if (!(found instanceof AppError)) {
      state = found;
      return found;
    }
    if (state?.error.message !== found.message) log.warn({ event: "kubernetes.missing", err: found }, found.message);
    state = { error: found, at: now() };
    return found;
  };
  connected();
  return {
    client: () => {
      const found = connected();
      if (found instanceof AppError) throw found;
      return found.client;
    },
    mesh: async () => {
      const found = connected();
      return found instanceof AppError ? withoutKubernetes(settings, found) : found.reader.read();
    },
  };
}

function connect(settings: WebSettings, onChange: () => void): Connected | AppError {
  try {
    const { kubeconfig, kubeContext, controlNamespace, namespaces } = settings;
    const client = loadKube({ kubeconfig: kubeconfig ?? undefined, context: kubeContext ?? undefined });
    const places = [client.namespace, controlNamespace, ...namespaces];
    const permissions = { rights: new Rights(client, Date.now), namespaces: places };
    const watch = watchMesh(client, { controlNamespace, permissions }, onChange);
    return { client, reader: new MeshReader(watch, settings) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const hint = error.hint ? { hint: error.hint } : {};
    return new AppError("upstream_unavailable", error.message, { cause: error, ...hint });
  }
}
