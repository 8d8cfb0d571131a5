/** Keeps one process running: starts it again when it ends, later and later while it keeps ending. */
import { createBackoff } from "./backoff";
import type { ProcessExit, ProcessSpec, RunningProcess, StartProcess } from "./process";
import type { StatusBoard } from "./status-board";

export interface Part {
  readonly name: string;
  /** Asked for each start. */
  readonly spec: () => ProcessSpec;
  /** Whether it serves yet. Asked every 100 ms after a start until it says yes. */
  readonly ready: () => Promise<boolean>;
}

export interface SupervisedPart {
  /** Resolves when it serves for the first time. */
  readonly ready: Promise<void>;
  stop(graceSeconds: number): Promise<void>;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;

export function supervise(part: Part, tools: { start: StartProcess; board: StatusBoard }): SupervisedPart {
  const backoff = createBackoff(FIRST_DELAY_MS, LONGEST_DELAY_MS);
  let current: RunningProcess | null = null;
  let stopping = false;
  let restarts = 0;
  let wake: () => void = () => {};
  let becameReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    becameReady = resolve;
  });
  const say = (state: "starting" | "running" | "restarting" | "stopped", message = "") =>
    tools.board.set({ name: part.name, state, restarts, message });

  const loop = (async () => {
    let why = "";
    while (!stopping) {
      const startedAt = Date.now();
      say(restarts === 0 ? "starting" : "restarting", why);
      const running = tools.start(part.spec());
      current = running;
      let ended = false;
      void running.exited.then(() => {
        ended = true;
      });
      if (await serves(part, () => ended || stopping)) {
        say("running");
        becameReady();
      }
      const exit = await running.exited;
      current = null;
      if (stopping) break;
      restarts += 1;
      why = `The ${part.name} ended (${describeExit(exit)}) and is started again: see logs/${part.name}.log.`;
      say("restarting", why);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, backoff.next(Date.now() - startedAt));
      });
    }
    say("stopped");
  })();

  return {
    ready,
    async stop(graceSeconds) {
      stopping = true;
      wake();
      await current?.stop(graceSeconds);
      await loop;
    },
  };
}

async function serves(part: Part, over: () => boolean): Promise<boolean> {
  while (!over()) {
    if (await part.ready().catch(() => false)) return !over();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** `exit code 1`, `SIGKILL`, or why it could not start. */
export function describeExit(exit: ProcessExit): string {
  return exit.error ?? exit.signal ?? `exit code ${exit.code}`;
}
