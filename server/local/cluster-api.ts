/** The embedded Kubernetes API of a data folder, and the secrets that open it and the controller. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CA_BUNDLE_SECRET_NAME, DEFAULT_CONTROL_NAMESPACE } from "@/lib/kube/names";
import type { KubeObject } from "@/lib/kube/objects";
import { atomicWrite } from "@/server/platform/atomic-write";
import { createKubeApi, type KubeApi, type PodLogs as ReadPodLogs } from "./api/server";
import { type ClusterStore, PODS, SECRETS } from "./cluster";
import type { DataFolder } from "./data-folder";
import type { LocalNetwork } from "./network";
import type { PodLogs } from "./runner/pod-logs";
import type { Teardown } from "./teardown";
import type { LocalLog } from "./tools";

export interface ApiContext {
  readonly root: string;
  readonly data: DataFolder;
  readonly network: LocalNetwork;
  readonly teardown: Teardown;
  readonly log: LocalLog;
  readonly say: (text: string) => void;
}

/** Starts the embedded API and writes its kubeconfig. `logs` gives the runner's, once there is one. */
export async function startApi(context: ApiContext, logs: () => PodLogs | null): Promise<KubeApi> {
  const { root, data, network, teardown, log, say } = context;
  let api: KubeApi | null = null;
  const podLogs: ReadPodLogs = (query) => {
    const pod = api?.store.get(PODS, { namespace: query.namespace, name: query.name });
    const uid = pod?.metadata.uid ?? "";
    const source = logs();
    const text = source?.text(uid, query.container, query) ?? null;
    return query.follow && source && text !== null ? source.follow(uid, query.container, query) : Promise.resolve(text);
  };
  api = await createKubeApi({
    host: network.host,
    port: network.ports.api,
    dataFolder: data.path,
    token: await secretFile(data.at("api-token")),
    crdFolder: join(root, "deploy", "crds"),
    log,
    podLogs,
  });
  teardown.add("Kubernetes API", api.close);
  for (const warning of api.warnings) say(warning);
  await atomicWrite(data.at("kubeconfig"), api.kubeconfig());
  return api;
}

/** The bearer token of the controller's admin API, and the keys the dashboard signs links and seals sessions with. */
export async function writeSecrets(data: DataFolder): Promise<void> {
  await secretFile(data.at("admin-token"));
  await secretFile(data.at("embed-key"));
  await secretFile(data.at("session-key"));
}

/** A random secret, made at the first start. */
async function secretFile(path: string): Promise<string> {
  if (existsSync(path)) {
    const kept = readFileSync(path, "utf8").trim();
    if (kept !== "") return kept;
  }
  const made = randomBytes(32).toString("base64url");
  await atomicWrite(path, `${made}\n`);
  return made;
}

/** Keeps a copy of the controller's root where the dashboard reads it. Returns how to stop. */
export async function copyControllerCa(store: ClusterStore, data: DataFolder, log: LocalLog): Promise<() => void> {
  return store.watch(SECRETS, ({ type, object }) => {
    const { namespace, name } = object.metadata;
    if (type === "DELETED" || namespace !== DEFAULT_CONTROL_NAMESPACE || name !== CA_BUNDLE_SECRET_NAME) return;
    const pem = (object as KubeObject & { data?: Record<string, string> }).data?.["ca.crt"];
    if (!pem) return;
    atomicWrite(data.at("controller-ca.pem"), Buffer.from(pem, "base64")).catch((error: unknown) =>
      log.warn({ event: "ca.failed", error: String(error) }, "the controller's certificate could not be written"),
    );
  });
}
