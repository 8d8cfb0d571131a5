/** Local mode without npm around it, for tests of its runner: what a client of its API sees and what the demo counts. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { KubeObject, Pod } from "@/lib/kube/objects";
import type { KubeClient } from "@/server/kube/client";
import { loadKube } from "@/server/kube/load";
import { PODS } from "@/server/kube/resource";
import { freePort, withoutTestVariables } from "./local-mode";

export interface LocalCluster {
  readonly child: ChildProcess;
  readonly client: KubeClient;
  readonly port: number;
  /** The line it printed when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  said(): string;
  pods(namespace: string): Promise<Pod[]>;
  /** Parts of status.json. */
  parts(): { name: string; state: string; restarts: number; message: string }[];
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `dist/local.js` on a data folder. Rejects with what it said when it ends before it is ready. */
export async function startCluster(dataFolder: string, args: readonly string[] = []): Promise<LocalCluster> {
  const port = await freePort();
  const flags = ["--json", "--metrics", "embedded", "--port", String(port), "--data-dir", dataFolder];
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/local.js", ...flags, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: withoutTestVariables(),
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const line = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("\n")) resolve(output);
    });
    child.once("exit", (code) => reject(new Error(`local mode ended with ${code} before it was ready:\n${errors}`)));
  });
  const ready = JSON.parse(line) as Record<string, unknown>;
  const client = loadKube({ kubeconfig: String(ready.kubeconfig) });
  return {
    child,
    client,
    port,
    ready,
    said: () => errors,
    pods: async (namespace) => (await client.list(PODS, { namespace })).items as Pod[],
    parts: () => JSON.parse(readFileSync(`${dataFolder}/status.json`, "utf8")).parts,
    async stop(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.kill(signal);
        await ended;
      }
      return child.exitCode;
    },
  };
}

export function isRunning(pod: KubeObject): boolean {
  const status = (pod as Pod).status;
  return status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") ?? false;
}

export interface ShopperCounts {
  readonly calls: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byIdentity: Readonly<Record<string, number>>;
}

/** What bookbuyer or bookthief counted, asked past its sidecar on its own loopback. */
export async function countsOf(cluster: LocalCluster, shopper: "bookbuyer" | "bookthief"): Promise<ShopperCounts> {
  const [pod] = await cluster.pods(shopper);
  const loopback = pod?.metadata.annotations?.["meshdeck.io/loopback"];
  if (!loopback) throw new Error(`${shopper} has no pod yet`);
  const response = await fetch(`http://${loopback}:14001/`);
  return (await response.json()) as ShopperCounts;
}

/** Answers other than 200 and calls without one, between two counts. */
export function failuresBetween(before: ShopperCounts, after: ShopperCounts): number {
  const bad = (counts: ShopperCounts) =>
    Object.entries(counts.byStatus).reduce((sum, [status, count]) => (status === "200" ? sum : sum + count), 0);
  return bad(after) - bad(before);
}
