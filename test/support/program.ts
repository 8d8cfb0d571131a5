/** A real program of a test's own: a metrics store on loopback, with a folder that goes when it does. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface TestStore {
  readonly url: string;
  /** Folder of its configuration. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface StoreProgram {
  /** For messages. */
  readonly name: string;
  readonly binary: string;
  readonly port: number;
  readonly args: (folder: string) => readonly string[];
  /** Answers 2xx as soon as questions are answered. */
  readonly readyPath: string;
  /** Written into the folder before the start. */
  readonly files: Readonly<Record<string, string>>;
}

/** Starts it and waits until it is ready. */
export async function startStore({ name, binary, port, args, readyPath, files }: StoreProgram): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), `meshdeck-${name}-`));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  const child = spawn(binary, args(folder), { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.on("data", (text: Buffer) => {
    log += text.toString();
  });
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`${url}${readyPath}`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return { url, folder, close };
    await sleep(100);
  }
  await close();
  throw new Error(`${name} did not become ready: ${log}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}
