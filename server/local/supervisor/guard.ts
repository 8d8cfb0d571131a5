/** Local mode's side of the guardian: starts it, tells it of every child, and starts it again should it die. */
import { type ChildProcess, spawn } from "node:child_process";

export interface Guard {
  add(pid: number): void;
  remove(pid: number): void;
  /** Resolves when the guardian has ended; it ends what children are left first. */
  close(): Promise<void>;
}

/** `program`: path of the bundled guardian. `env` marks the process as one of this data folder's. */
export function startGuard(program: string, env: Readonly<Record<string, string>>): Guard {
  const pids = new Set<number>();
  let closed = false;
  let child = launch();

  function launch(): ChildProcess {
    // A session of its own: a Ctrl-C in the terminal, or a kill of our whole group, does not reach it.
    const started = spawn(process.execPath, ["--max-old-space-size=16", program], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      env: { ...env } as NodeJS.ProcessEnv,
    });
    started.stdin?.on("error", () => {});
    started.on("error", () => {});
    started.on("exit", () => {
      if (closed) return;
      setTimeout(() => {
        child = launch();
        for (const pid of pids) tell(`+${pid}`);
      }, 100).unref();
    });
    started.unref();
    return started;
  }

  function tell(line: string): void {
    if (child.stdin?.writable) child.stdin.write(`${line}\n`);
  }

  return {
    add(pid) {
      pids.add(pid);
      tell(`+${pid}`);
    },
    remove(pid) {
      pids.delete(pid);
      tell(`-${pid}`);
    },
    close() {
      closed = true;
      return new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
        child.once("exit", () => resolve());
        child.stdin?.end();
      });
    },
  };
}
