/** Starts local mode as `npm start` does, in a data folder and on a port of its own, and ends it again. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Topology } from "@/lib/contract/topology";

export interface LocalMode {
  readonly dashboard: string;
  readonly kubeconfig: string;
  readonly dataFolder: string;
  readonly process: ChildProcess;
  /** Everything it wrote to standard error so far. */
  said(): string;
  /** GET of a dashboard route as JSON; throws with the body when the answer is not 2xx. */
  get<T>(path: string): Promise<T>;
  topology(windowSeconds?: number): Promise<Topology>;
  kubectl(...args: string[]): Promise<string>;
  /** Ends it by the signal and resolves to its exit code. The data folder is removed. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** All of them different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  await Promise.all(servers.map((server) => once(server, "close")));
  return ports;
}

export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), "meshdeck-e2e-"));
}

/** The demo with fewer calls a second: enough to be seen, and most of the machine is left to the browser. */
export function startCalmMode(args: readonly string[] = []): Promise<LocalMode> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-calm-"));
  cpSync("deploy/demo", folder, { recursive: true });
  const file = join(folder, "40-shoppers.yaml");
  const lively = readFileSync(file, "utf8");
  const calm = Object.entries(CALM).reduce(
    (text, [from, to]) => text.replace(`value: "${from}"`, `value: "${to}"`),
    lively,
  );
  writeFileSync(file, calm);
  // Its manifests are read before it says that it is ready.
  return startLocalMode(["--demo", "none", "--file", folder, ...args]).finally(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Calls a second of bookbuyer and of bookthief: as the demo has them, and as few as the tests can do with. */
const CALM: Readonly<Record<string, number>> = { "20": 7, "5": 3 };

/** Starts `npm start -- --json …`. Rejects with what it said when it ends before it is ready. */
export async function startLocalMode(args: readonly string[] = []): Promise<LocalMode> {
  const port = await freePort();
  const dataFolder = newDataFolder();
  const child = spawn(
    process.execPath,
    ["scripts/start.mjs", "--json", "--port", String(port), "--data-dir", dataFolder, ...args],
    { stdio: ["ignore", "pipe", "pipe"], env: withoutTestVariables() },
  );
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const line = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const ready = output.split("\n").find((candidate) => candidate.startsWith("{"));
      if (ready && output.includes("\n")) resolve(ready);
    });
    child.once("exit", (code) => reject(new Error(`local mode ended with ${code} before it was ready:\n${errors}`)));
  });
  const ready = JSON.parse(line) as { event: string; dashboard: string; kubeconfig: string };
  if (ready.event !== "ready") throw new Error(`not a ready line: ${line}`);
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(new URL(path, ready.dashboard));
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    dashboard: ready.dashboard.replace(/\/$/, ""),
    kubeconfig: ready.kubeconfig,
    dataFolder,
    process: child,
    said: () => errors,
    get,
    topology: (windowSeconds = 30) => get<Topology>(`/api/topology?window=${windowSeconds}s`),
    kubectl: async (...args) => {
      const result = await promisify(execFile)(process.env.MESHDECK_KUBECTL ?? "kubectl", [
        "--kubeconfig",
        ready.kubeconfig,
        "--cache-dir",
        join(dataFolder, "kubectl-cache"),
        ...args,
      ]);
      return result.stdout;
    },
    stop: async (signal = "SIGINT") => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.kill(signal);
        await ended;
      }
      rmSync(dataFolder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** vitest marks its workers as tests (NODE_ENV and the like): what a person starts has none of that. */
export function withoutTestVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== "NODE_ENV" && !name.startsWith("VITEST")),
  ) as NodeJS.ProcessEnv;
}

/** Processes that name `text` on their command line, by what /proc says. */
export function processesNaming(text: string): { pid: number; command: string }[] {
  const found: { pid: number; command: string }[] = [];
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      const environment = readFileSync(`/proc/${entry}/environ`, "utf8");
      if (command.includes(text) || environment.includes(text)) found.push({ pid: Number(entry), command });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** Asks until `probe` gives something other than null; fails with what it last saw. */
export async function eventually<T>(
  what: string,
  withinSeconds: number,
  probe: () => Promise<T | null | undefined>,
): Promise<T> {
  const deadline = Date.now() + withinSeconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const seen = await probe();
      if (seen !== null && seen !== undefined) return seen;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what}: not within ${withinSeconds} s${last ? ` (${String(last)})` : ""}`);
}
