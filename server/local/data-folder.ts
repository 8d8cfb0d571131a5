/** The folder local mode keeps everything in: made, checked for writing, and held by one local mode at a time. */
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError } from "@/lib/contract/errors";

export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Absolute path of something inside. */
  at(...names: string[]): string;
  release(): void;
}

/** Throws an AppError when the folder cannot be written or another local mode holds it. */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  try {
    mkdirSync(join(path, "logs"), { recursive: true, mode: 0o700 });
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const why = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
    throw new AppError("invalid_request", `The data folder ${path} cannot be written (${why}).`, {
      hint: "Give another with --data-dir.",
      cause: error,
    });
  }
  const lock = join(path, "lock");
  takeLock(lock, path);
  return { path, at: (...names) => join(path, ...names), release: () => releaseLock(lock) };
}

interface Holder {
  readonly pid: number;
  /** When that process began, so that another process of the same number is not taken for it. */
  readonly began: string;
}

function takeLock(lock: string, folder: string): void {
  const own = `${lock}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, began: processBegan(process.pid) }));
  try {
    for (let tries = 0; tries < 5; tries += 1) {
      try {
        // A link is made whole or not at all: nobody ever reads a lock without its content.
        linkSync(own, lock);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = readHolder(lock);
      if (holder && isAlive(holder)) {
        throw new AppError(
          "conflict",
          `Another Meshdeck (process ${holder.pid}) already runs on the data folder ${folder}.`,
          {
            hint: "Stop it or give another folder with --data-dir.",
          },
        );
      }
      rmSync(lock, { force: true });
    }
    throw new AppError("conflict", `The data folder ${folder} is being taken by others.`, { hint: "Try again." });
  } finally {
    rmSync(own, { force: true });
  }
}

function releaseLock(lock: string): void {
  if (existsSync(lock) && readHolder(lock)?.pid === process.pid) rmSync(lock, { force: true });
}

function readHolder(lock: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(lock, "utf8")) as Partial<Holder>;
    return typeof holder.pid === "number" ? { pid: holder.pid, began: holder.began ?? "" } : null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const began = processBegan(holder.pid);
  return began === "" || holder.began === "" || began === holder.began;
}

/** Start time of a process in the kernel's ticks; empty where there is no /proc. */
function processBegan(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the name in parentheses and may hold anything; the start time is the 22nd.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
