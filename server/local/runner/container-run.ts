/** Runs one container as a process: starts it, asks its probes, starts it again when it ends, stops it. */
import { constants } from "node:os";
import { createBackoff } from "../supervisor/backoff";
import type { ProcessExit, ProcessSpec, RunningProcess, StartProcess } from "../supervisor/process";
import { type ContainerState, initialState } from "./container-state";
import type { ContainerSpec, RestartPolicy } from "./pod-spec";
import { watchProbes } from "./probe-watch";

/** How to start it now, or why it has to wait. */
export type LaunchPlan =
  | { readonly ok: true; readonly process: ProcessSpec; readonly probeHost: string }
  | { readonly ok: false; readonly reason: string; readonly message: string };

export interface ContainerEvents {
  changed(): void;
  event(type: "Normal" | "Warning", reason: string, message: string): void;
}

export interface ContainerOptions {
  readonly container: ContainerSpec;
  readonly restart: RestartPolicy;
  /** Restarts that an earlier start of local mode counted. */
  readonly restartCount: number;
  /** Asked before every start, with the number of restarts so far. */
  readonly plan: (restartCount: number) => Promise<LaunchPlan>;
  readonly start: StartProcess;
  readonly events: ContainerEvents;
}

const FIRST_RESTART_MS = 500;
const LONGEST_RESTART_MS = 30_000;
const UNHEALTHY_GRACE_SECONDS = 5;

export class ContainerRun {
  readonly #options: ContainerOptions;
  readonly #over: Promise<void>;
  #state: ContainerState;
  #process: RunningProcess | null = null;
  #stopping = false;
  #wake: () => void = () => {};
  #markStarted: () => void = () => {};
  /** Resolves when it has started (startup probe included) for the first time. */
  readonly started: Promise<void>;

  constructor(options: ContainerOptions) {
    this.#options = options;
    this.#state = initialState(options.container, options.restartCount);
    this.started = new Promise((resolve) => {
      this.#markStarted = resolve;
    });
    this.#over = this.#loop();
  }

  get state(): ContainerState {
    return this.#state;
  }

  /** Resolves when it has ended and is not to be started again. */
  get finished(): Promise<void> {
    return this.#over;
  }

  /** SIGTERM, then SIGKILL after `graceSeconds`. Resolves when it has ended. */
  async stop(graceSeconds: number): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#process?.stop(graceSeconds);
    await this.#over;
  }

  /** What it was started with has changed. One that has not come up yet may be waiting for just that: it starts again. */
  sourceChanged(): void {
    if (this.#state.phase === "running" && !this.#state.started) void this.#process?.stop(1);
  }

  async #loop(): Promise<void> {
    const backoff = createBackoff(FIRST_RESTART_MS, LONGEST_RESTART_MS);
    while (!this.#stopping) {
      const plan = await this.#options.plan(this.#state.restartCount);
      if (this.#stopping) break;
      if (!plan.ok) {
        this.#change({ phase: "waiting", reason: plan.reason, message: plan.message });
        this.#options.events.event("Warning", "Failed", `Error: ${plan.message}`);
        await this.#sleep(backoff.next(0) + 1000);
        continue;
      }
      const startedAt = Date.now();
      const exit = await this.#runOnce(plan, startedAt);
      const run = endedRun(exit, startedAt, Date.now());
      this.#process = null;
      const again = this.#restarts(run.exitCode);
      this.#change({ phase: "ended", lastRun: run, ready: false, started: false, reason: "", message: "" });
      if (!again) break;
      const delayMs = backoff.next(Date.now() - startedAt);
      const message = `back-off ${delayMs} ms restarting failed container ${this.#state.name}: it ended with ${run.reason} (${run.exitCode})`;
      this.#change({
        phase: "waiting",
        reason: "CrashLoopBackOff",
        message,
        restartCount: this.#state.restartCount + 1,
      });
      this.#options.events.event("Warning", "BackOff", `Back-off restarting failed container ${this.#state.name}`);
      await this.#sleep(delayMs);
    }
  }

  #restarts(exitCode: number): boolean {
    if (this.#stopping) return false;
    const { restart } = this.#options;
    return restart === "Always" || (restart === "OnFailure" && exitCode !== 0);
  }

  async #runOnce(plan: LaunchPlan & { ok: true }, startedAt: number): Promise<ProcessExit> {
    const running = this.#options.start(plan.process);
    this.#process = running;
    const { name } = this.#state;
    this.#change({ phase: "running", startedAt, started: false, ready: false, reason: "", message: "" });
    this.#options.events.event("Normal", "Started", `Started container ${name}`);
    let alive = true;
    const over = running.exited.then((exit) => {
      alive = false;
      this.#wakeProbes();
      return exit;
    });
    const probes = this.#watchProbes(plan.probeHost, () => alive && !this.#stopping);
    const exit = await over;
    await probes;
    return exit;
  }

  #watchProbes(host: string, alive: () => boolean): Promise<void> {
    const { container, events } = this.#options;
    return watchProbes(container, host, {
      alive,
      started: () => {
        this.#change({ started: true, ready: container.readinessProbe === undefined });
        this.#markStarted();
      },
      ready: (ready) => this.#change({ ready }),
      unhealthy: (message, restart) => {
        events.event("Warning", "Unhealthy", message);
        if (restart) void this.#process?.stop(UNHEALTHY_GRACE_SECONDS);
      },
      pause: (delayMs) => this.#pause(delayMs),
    });
  }

  #change(change: Partial<ContainerState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.events.changed();
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  readonly #pauses = new Set<() => void>();

  /** A wait between probes: ends early when the process does. */
  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, delayMs);
      this.#pauses.add(end);
    });
  }

  #wakeProbes(): void {
    for (const end of [...this.#pauses]) end();
  }
}

function endedRun(exit: ProcessExit, startedAt: number, finishedAt: number) {
  const signal = exit.signal ? constants.signals[exit.signal] : undefined;
  const exitCode = exit.code ?? (signal === undefined ? 128 : 128 + signal);
  return {
    exitCode,
    ...(signal === undefined ? {} : { signal }),
    reason: exit.error ? "StartError" : exitCode === 0 ? "Completed" : "Error",
    message: exit.error ?? "",
    startedAt,
    finishedAt,
  };
}
