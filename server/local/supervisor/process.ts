/** Child processes in process groups of their own, guarded, with their output as lines. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Guard } from "./guard";

export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly onLine: (line: string) => void;
}

export interface ProcessExit {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  readonly error: string | null;
}

export interface RunningProcess {
  /** null when it could not be started. */
  readonly pid: number | null;
  readonly exited: Promise<ProcessExit>;
  /** SIGTERM to the group, SIGKILL after `graceSeconds`. Resolves when it has ended. */
  stop(graceSeconds: number): Promise<ProcessExit>;
}

export type StartProcess = (spec: ProcessSpec) => RunningProcess;

const LONGEST_LINE = 16_384;

/** How every child of local mode is started. */
export function createStartProcess(guard: Guard): StartProcess {
  return (spec) => {
    const child = spawn(spec.command, [...spec.args], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...spec.env } as NodeJS.ProcessEnv,
      ...(spec.cwd ? { cwd: spec.cwd } : {}),
    });
    const pid = child.pid ?? null;
    if (pid !== null) guard.add(pid);
    const exited = untilExit(child).then((exit) => {
      // What the child itself left behind in its group ends with it.
      if (pid !== null) {
        signalGroup(pid, "SIGKILL");
        guard.remove(pid);
      }
      return exit;
    });
    for (const stream of [child.stdout, child.stderr]) readLines(stream, spec.onLine);
    return { pid, exited, stop: (graceSeconds) => stop(pid, exited, graceSeconds) };
  };
}

function untilExit(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, signal: null, error: error.message }));
    child.on("exit", (code, signal) => resolve({ code, signal, error: null }));
  });
}

async function stop(pid: number | null, exited: Promise<ProcessExit>, graceSeconds: number): Promise<ProcessExit> {
  if (pid === null) return exited;
  signalGroup(pid, graceSeconds > 0 ? "SIGTERM" : "SIGKILL");
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), graceSeconds * 1000);
  const exit = await exited;
  clearTimeout(timer);
  return exit;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (!stream) return;
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) =>
    onLine(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} …` : line),
  );
}
