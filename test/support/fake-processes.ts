/** Processes that exist only in a test: it sees what was started and decides when each ends. */
import type { ProcessExit, ProcessSpec, StartProcess } from "@/server/local/supervisor/process";

export interface FakeProcess {
  readonly spec: ProcessSpec;
  /** Grace it was asked to stop with; null when it was not. */
  stopGraceSeconds: number | null;
  readonly running: () => boolean;
  end(exit: Partial<ProcessExit>): void;
}

export function createFakeProcesses(): { readonly start: StartProcess; readonly all: FakeProcess[] } {
  const all: FakeProcess[] = [];
  const start: StartProcess = (spec) => {
    let resolve: (exit: ProcessExit) => void = () => {};
    let running = true;
    const exited = new Promise<ProcessExit>((done) => {
      resolve = done;
    });
    const process: FakeProcess = {
      spec,
      stopGraceSeconds: null,
      running: () => running,
      end(exit) {
        running = false;
        resolve({ code: null, signal: null, error: null, ...exit });
      },
    };
    all.push(process);
    return {
      pid: 1000 + all.length,
      exited,
      stop(graceSeconds) {
        process.stopGraceSeconds ??= graceSeconds;
        process.end({ code: 0 });
        return exited;
      },
    };
  };
  return { start, all };
}

/** Waits until the condition holds; fails after two seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`not within 2 s: ${condition}`);
}
