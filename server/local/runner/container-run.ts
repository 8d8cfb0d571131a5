/** Runs one container as a process: starts it, asks its probes, starts it again when it ends, stops it. */
import { constants } from "node:os";
import { createBackoff } from "../supervisor/backoff";
import type { ProcessExit, ProcessSpec, RunningProcess, StartProcess } from "../supervisor/process";
import { type ContainerState, initialState } from "./container-state";
import type { ContainerSpec, Probe, RestartPolicy } from "./pod-spec";
import { runProbe } from "./probes";

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

const FIRST_RESTART_MS = 200;
const LONGEST_RESTART_MS = 30_000;
/** A first answer is waited for more eagerly than a kubelet does: nothing else on this machine waits with it. */
const EAGER_PROBE_MS = 200;

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

  async #watchProbes(host: string, alive: () => boolean): Promise<void> {
    const { startupProbe, readinessProbe, livenessProbe } = this.#options.container;
    if (startupProbe && !(await this.#untilStarted(startupProbe, host, alive))) return;
    if (!alive()) return;
    this.#change({ started: true, ready: readinessProbe === undefined });
    this.#markStarted();
    await Promise.all([
      readinessProbe && this.#watchReadiness(readinessProbe, host, alive),
      livenessProbe && this.#watchLiveness(livenessProbe, host, alive),
    ]);
  }

  async #untilStarted(probe: Probe, host: string, alive: () => boolean): Promise<boolean> {
    const budgetMs = ((probe.initialDelaySeconds ?? 0) + period(probe) * (probe.failureThreshold ?? 3)) * 1000;
    const deadline = Date.now() + budgetMs;
    while (alive()) {
      const result = await runProbe(probe, this.#options.container, host);
      if (result.ok) return true;
      if (Date.now() > deadline) {
        this.#unhealthy("Startup", result.message);
        void this.#process?.stop(5);
        return false;
      }
      await this.#pause(Math.min(EAGER_PROBE_MS, period(probe) * 1000));
    }
    return false;
  }

  async #watchReadiness(probe: Probe, host: string, alive: () => boolean): Promise<void> {
    let failures = 0;
    let successes = 0;
    const began = Date.now();
    await this.#pause((probe.initialDelaySeconds ?? 0) * 1000);
    while (alive()) {
      const result = await runProbe(probe, this.#options.container, host);
      if (!alive()) return;
      failures = result.ok ? 0 : failures + 1;
      successes = result.ok ? successes + 1 : 0;
      const { ready } = this.#state;
      if (!ready && successes >= (probe.successThreshold ?? 1)) this.#change({ ready: true });
      if (!result.ok && ready && failures >= (probe.failureThreshold ?? 3)) {
        this.#change({ ready: false });
        this.#unhealthy("Readiness", result.message);
      }
      const eager = !this.#state.ready && Date.now() - began < 30_000;
      await this.#pause(eager ? EAGER_PROBE_MS : period(probe) * 1000);
    }
  }

  async #watchLiveness(probe: Probe, host: string, alive: () => boolean): Promise<void> {
    let failures = 0;
    await this.#pause((probe.initialDelaySeconds ?? 0) * 1000);
    while (alive()) {
      const result = await runProbe(probe, this.#options.container, host);
      if (!alive()) return;
      failures = result.ok ? 0 : failures + 1;
      if (!result.ok && failures >= (probe.failureThreshold ?? 3)) {
        this.#unhealthy("Liveness", result.message);
        void this.#process?.stop(5);
        return;
      }
      await this.#pause(period(probe) * 1000);
    }
  }

  #unhealthy(probe: string, message: string): void {
    this.#options.events.event("Warning", "Unhealthy", `${probe} probe failed: ${message}`);
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

function period(probe: Probe): number {
  return probe.periodSeconds ?? 10;
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
