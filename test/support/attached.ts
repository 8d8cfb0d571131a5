/** `npm start -- --context NAME` as a person starts it, on a loopback port of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Answer } from "./dashboard";
import { freePort, withoutTestVariables } from "./local-mode";

export interface Attached {
  readonly url: string;
  /** The line it printed when it was ready. */
  readonly ready: Readonly<Record<string, string | null>>;
  said(): string;
  get<T>(path: string): Promise<T>;
  /** As a program writes: JSON, with the header that no form can send. */
  write(method: string, path: string, body: unknown): Promise<Answer>;
  /** Resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** `kubeconfig`, YAML, with its context under the name `there`, which is not the current one. */
export function asContextThere(kubeconfig: string): string {
  const config = parse(kubeconfig) as { contexts: { name: string }[] };
  const contexts = config.contexts.map((context) => ({ ...context, name: "there" }));
  return stringify({ ...config, contexts, "current-context": "nowhere" });
}

/** Starts it and waits for its line. Rejects with what it said when it ends before. */
export async function startAttached(kubeconfig: string, args: readonly string[] = []): Promise<Attached> {
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-attached-"));
  const file = join(folder, "kubeconfig");
  writeFileSync(file, asContextThere(kubeconfig));
  const port = String(await freePort());
  const { child, ready, said } = await launch(["--context", "there", "--kubeconfig", file, "--port", port, ...args]);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
    return child.exitCode;
  };
  if (ready === null) {
    await stop();
    throw new Error(said());
  }
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    ready,
    said,
    stop,
    get: async <T>(path: string) => {
      const response = await fetch(url + path);
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as T;
    },
    write: async (method, path, body) => {
      const headers = { "content-type": "application/json", "x-meshdeck": "1" };
      const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as unknown };
    },
  };
}

/** `npm start` with these flags; `ready` is null when it ended before it was. */
export async function launch(args: readonly string[]): Promise<{
  readonly child: ChildProcess;
  readonly ready: Attached["ready"] | null;
  said(): string;
}> {
  const child = spawn(process.execPath, ["scripts/start.mjs", "--json", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: withoutTestVariables(),
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  let out = "";
  const line = new Promise<Attached["ready"]>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.includes("\n")) resolve(JSON.parse(out) as Attached["ready"]);
    });
  });
  const ready = await Promise.race([line, once(child, "close").then(() => null)]);
  return { child, ready, said: () => said };
}
