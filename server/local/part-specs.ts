/** The programs local mode keeps running beside itself, and what it tells them (docs/architecture.md, "Processes of local mode"). */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/contract/errors";
import { DEFAULT_CONTROL_NAMESPACE, DEFAULT_MESH_NAME, DEFAULT_TRUST_DOMAIN } from "@/lib/kube/names";
import type { DataFolder } from "./data-folder";
import type { LocalMetrics } from "./metrics";
import type { LocalNetwork } from "./network";
import type { Part } from "./supervisor/supervise";

export interface PartContext {
  /** Folder of package.json. */
  readonly root: string;
  readonly data: DataFolder;
  readonly network: LocalNetwork;
  readonly childEnv: Readonly<Record<string, string>>;
  readonly logTo: (name: string) => (line: string) => void;
  readonly envoyImage: string;
}

function meshEnv({ data, childEnv }: PartContext): Record<string, string> {
  return {
    ...childEnv,
    MESHDECK_KUBECONFIG: data.at("kubeconfig"),
    MESHDECK_MESH_NAME: DEFAULT_MESH_NAME,
    MESHDECK_CONTROL_NAMESPACE: DEFAULT_CONTROL_NAMESPACE,
    MESHDECK_TRUST_DOMAIN: DEFAULT_TRUST_DOMAIN,
    MESHDECK_ADMIN_TOKEN_FILE: data.at("admin-token"),
  };
}

export function controllerPart(context: PartContext): Part {
  const { root, network, envoyImage, logTo } = context;
  const { host, ports } = network;
  return {
    name: "controller",
    spec: () => ({
      command: process.execPath,
      args: ["--enable-source-maps", join(root, "dist", "controller.js")],
      env: {
        ...meshEnv(context),
        MESHDECK_BIND_HOST: host,
        MESHDECK_ADVERTISED_HOST: host,
        MESHDECK_ADS_PORT: String(ports.ads),
        MESHDECK_WEBHOOK_PORT: String(ports.webhook),
        MESHDECK_HTTP_PORT: String(ports.http),
        MESHDECK_ADMIN_PORT: String(ports.admin),
        MESHDECK_ENVOY_IMAGE: envoyImage,
        MESHDECK_REPLICA_NAME: "local",
      },
      cwd: root,
      onLine: logTo("controller"),
    }),
    ready: () => answersOk(`http://${host}:${ports.http}/readyz`),
  };
}

/** Whether `next build` has been run. */
export function dashboardIsBuilt(root: string): boolean {
  return existsSync(join(root, ".next", "BUILD_ID"));
}

export interface DashboardAt {
  readonly host: string;
  readonly port: number;
  readonly login: "none" | "token";
}

export function dashboardPart(context: PartContext, at: DashboardAt, metrics: LocalMetrics): Part {
  const { root, data, network, logTo } = context;
  const base = dashboardUrl(at);
  return {
    name: "dashboard",
    spec: () => ({
      command: process.execPath,
      args: [join(root, "node_modules/next/dist/bin/next"), "start", "-p", String(at.port), "-H", at.host],
      env: {
        ...meshEnv(context),
        NODE_ENV: "production",
        MESHDECK_CONTROLLER_URL: `https://${network.host}:${network.ports.admin}`,
        MESHDECK_CONTROLLER_CA_FILE: data.at("controller-ca.pem"),
        MESHDECK_METRICS_URL: metrics.url,
        MESHDECK_METRICS_KIND: metrics.kind,
        MESHDECK_STATUS_FILE: data.at("status.json"),
        MESHDECK_EMBED_KEY_FILE: data.at("embed-key"),
        MESHDECK_LOGIN: at.login,
        MESHDECK_SESSION_KEY_FILE: data.at("session-key"),
      },
      cwd: root,
      onLine: logTo("dashboard"),
    }),
    ready: () => answers(`${base}/api/health`),
  };
}

/** Without a trailing slash. */
export function dashboardUrl({ host, port }: { host: string; port: number }): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Resolves when something answers there, or rejects when nothing has for so long. */
export async function whenAnswers(url: string, patienceMs: number): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(100)) {
    if (await answers(url).catch(() => false)) return;
  }
  throw new AppError("upstream_timeout", `The dashboard did not serve within ${patienceMs / 1000} s.`, {
    hint: "Start it again with MESHDECK_LOG_LEVEL=debug to see why.",
  });
}

async function answersOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await response.body?.cancel();
  return response.ok;
}

/** Health tells of other parts too: an answer with a bad one is an answer. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  await response.body?.cancel();
  return response.status < 500 || response.headers.get("content-type")?.includes("json") === true;
}
