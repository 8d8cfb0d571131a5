/** A real Prometheus of a test's own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface TestPrometheus {
  readonly url: string;
  /** Folder of its configuration. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Starts `binary` on loopback and waits until it is ready. `files` are written beside prometheus.yml. */
export async function startPrometheus(options: {
  readonly binary: string;
  readonly port: number;
  readonly config: string;
  readonly files?: Readonly<Record<string, string>>;
}): Promise<TestPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), "meshdeck-prometheus-"));
  const files = { ...options.files, "prometheus.yml": options.config };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const child = spawn(
    options.binary,
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${options.port}`,
      "--web.enable-remote-write-receiver",
      "--log.level=warn",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let log = "";
  child.stderr.on("data", (text: Buffer) => {
    log += text.toString();
  });
  const url = `http://127.0.0.1:${options.port}`;
  const close = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { url, folder, close };
    await sleep(100);
  }
  await close();
  throw new Error(`prometheus did not become ready: ${log}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}
