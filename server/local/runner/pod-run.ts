/** The life of one pod: volumes, sidecars and init containers in order, then its containers; and its end. */
import { AppError } from "@/lib/contract/errors";
import { LOOPBACK_ANNOTATION } from "@/lib/kube/names";
import type { Pod } from "@/lib/kube/objects";
import type { EventFields } from "../events";
import type { StartProcess } from "../supervisor/process";
import { ContainerRun, type LaunchPlan } from "./container-run";
import { type ContainerState, initialState } from "./container-state";
import { containerEnv, type EnvSources, expand } from "./env";
import { type Programs, resolveImage } from "./images";
import { PodFolder, type VolumeSources } from "./pod-folder";
import type { PodLogs } from "./pod-logs";
import { type ContainerSpec, isSidecar, type PodSpec, podSpec } from "./pod-spec";
import type { PodCondition } from "./pod-status";

export interface PodRunOptions {
  /** With its address and loopback already assigned. */
  readonly pod: Pod;
  readonly folder: string;
  readonly programs: Programs;
  readonly start: StartProcess;
  readonly logs: PodLogs;
  /** Environment every process of this data folder has. */
  readonly environment: Readonly<Record<string, string>>;
  readonly env: EnvSources;
  readonly volumes: VolumeSources;
  /** How long traffic may still arrive after the pod has left the endpoints. */
  readonly drainMs: number;
  readonly changed: () => void;
  readonly event: (pod: Pod, fields: EventFields) => void;
}

export interface PodSnapshot {
  readonly spec: PodSpec;
  readonly address: string;
  readonly startTime: number;
  readonly init: readonly ContainerState[];
  readonly containers: readonly ContainerState[];
  readonly blocked: string;
  readonly previous: readonly PodCondition[];
}

const RETRY_VOLUMES_MS = 500;
const SIDECAR_GRACE_SECONDS = 2;

export class PodRun {
  readonly #options: PodRunOptions;
  readonly #spec: PodSpec;
  readonly #folder: PodFolder;
  readonly #address: string;
  readonly #startTime = Date.now();
  readonly #runs = new Map<string, ContainerRun>();
  readonly #life: Promise<void>;
  #pod: Pod;
  #blocked = "";
  #ending = false;
  #wake: () => void = () => {};

  constructor(options: PodRunOptions) {
    this.#options = options;
    this.#pod = options.pod;
    this.#spec = podSpec(options.pod);
    this.#address = options.pod.status?.podIP ?? "";
    this.#folder = new PodFolder(options.folder, this.#spec.volumes);
    this.#life = this.#live();
  }

  get pod(): Pod {
    return this.#pod;
  }

  /** A newer state of the same pod: labels and annotations are read at every start of a container. */
  update(pod: Pod): void {
    this.#pod = pod;
  }

  snapshot(): PodSnapshot {
    const state = (container: ContainerSpec) =>
      this.#runs.get(container.name)?.state ?? initialState(container, this.#countedRestarts(container.name));
    return {
      spec: this.#spec,
      address: this.#address,
      startTime: Date.parse(String(this.#pod.status?.startTime ?? "")) || this.#startTime,
      init: this.#spec.initContainers.map(state),
      containers: this.#spec.containers.map(state),
      blocked: this.#blocked,
      previous: this.#pod.status?.conditions ?? [],
    };
  }

  /** A Secret or ConfigMap changed: volumes that show it are written again. */
  async sourceChanged(kind: "Secret" | "ConfigMap", name: string): Promise<void> {
    if (!this.#folder.uses(kind, name)) return;
    if (this.#blocked) {
      this.#wake();
      return;
    }
    // Gone meanwhile: running containers keep what they have, as under a kubelet.
    const changed = await this.#folder.fill(this.#options.volumes).catch(() => false);
    if (!changed) return;
    for (const run of this.#runs.values()) run.sourceChanged();
  }

  /** Lets calls in flight end, stops the containers, then the sidecars. `graceSeconds` 0 kills at once. */
  async end(graceSeconds: number, drain: boolean): Promise<void> {
    if (this.#ending) return this.#life;
    this.#ending = true;
    this.#wake();
    const runs = (containers: readonly ContainerSpec[]) =>
      containers.flatMap((container) => this.#runs.get(container.name) ?? []);
    const apps = runs(this.#spec.containers);
    const beside = runs(this.#spec.initContainers);
    if (drain && graceSeconds > 0 && apps.some((run) => run.state.ready)) await wait(this.#options.drainMs);
    await Promise.all(apps.map((run) => run.stop(graceSeconds)));
    await Promise.all(beside.map((run) => run.stop(Math.min(graceSeconds, SIDECAR_GRACE_SECONDS))));
    await this.#life;
  }

  /** After end: nothing of it is left on disk. */
  async forget(): Promise<void> {
    await this.#folder.remove();
    await this.#options.logs.remove(this.#uid);
  }

  get #uid(): string {
    return this.#pod.metadata.uid ?? "";
  }

  async #live(): Promise<void> {
    await this.#fillVolumes();
    for (const container of this.#spec.initContainers) {
      if (this.#ending) return;
      const sidecar = isSidecar(container);
      const restart = sidecar ? "Always" : this.#spec.restartPolicy === "Never" ? "Never" : "OnFailure";
      const run = this.#begin(container, restart);
      await Promise.race([sidecar ? run.started : run.finished, this.#untilEnding()]);
      if (!sidecar && run.state.lastRun?.exitCode !== 0) return;
    }
    if (this.#ending) return;
    const runs = this.#spec.containers.map((container) => this.#begin(container, this.#spec.restartPolicy));
    await Promise.all(runs.map((run) => run.finished));
    if (this.#ending) return;
    // Every container has ended for good: the sidecars have nothing left to serve.
    const beside = this.#spec.initContainers.flatMap((container) => this.#runs.get(container.name) ?? []);
    await Promise.all(beside.map((run) => run.stop(SIDECAR_GRACE_SECONDS)));
  }

  async #fillVolumes(): Promise<void> {
    while (!this.#ending) {
      try {
        await this.#folder.fill(this.#options.volumes);
        if (this.#blocked) this.#setBlocked("");
        return;
      } catch (error) {
        const message = `MountVolume.SetUp failed: ${error instanceof Error ? error.message : error}`;
        if (this.#blocked !== message) {
          this.#setBlocked(message);
          const missing = error instanceof AppError && error.code === "not_found";
          // The controller makes a bootstrap Secret moments after the ServiceAccount: only a lasting absence is news.
          if (!missing || Date.now() - this.#startTime > 5_000) this.#warn("FailedMount", message);
        } else if (Date.now() - this.#startTime > 5_000) this.#warn("FailedMount", message);
        await this.#untilWoken(RETRY_VOLUMES_MS);
      }
    }
  }

  #begin(container: ContainerSpec, restart: "Always" | "OnFailure" | "Never"): ContainerRun {
    const fieldPath = `spec.${this.#spec.containers.includes(container) ? "containers" : "initContainers"}{${container.name}}`;
    const run = new ContainerRun({
      container,
      restart,
      restartCount: this.#countedRestarts(container.name),
      plan: (restartCount) => this.#plan(container, restartCount),
      start: (spec) => {
        const running = this.#options.start(spec);
        void running.exited.then(() => this.#options.logs.end(this.#uid, container.name));
        return running;
      },
      events: {
        changed: this.#options.changed,
        event: (type, reason, message) => this.#options.event(this.#pod, { type, reason, message, fieldPath }),
      },
    });
    this.#runs.set(container.name, run);
    this.#options.changed();
    return run;
  }

  async #plan(container: ContainerSpec, restartCount: number): Promise<LaunchPlan> {
    const program = resolveImage(container.image ?? "", container.command ?? [], this.#options.programs);
    if (!program.ok) return program;
    const { loopback, address } = { loopback: this.#loopback(), address: this.#address };
    const base = { ...this.#options.environment, HOSTNAME: this.#pod.metadata.name, MESHDECK_BIND_HOST: address };
    const result = containerEnv(this.#pod, container, base, this.#options.env);
    if (!result.ok) return { ok: false, reason: "CreateContainerConfigError", message: result.message };
    const home = await this.#folder.home();
    const args = (container.args ?? []).map((arg) =>
      this.#folder.translate(container, expand(arg, { ...result.env, MESHDECK_LOOPBACK: loopback })),
    );
    const log = this.#options.logs.begin(this.#uid, container.name, restartCount);
    return {
      ok: true,
      // A sidecar's probes go to the pod's address, an application's to where it was told to listen.
      probeHost: program.kind === "envoy" ? address : (result.env.MESHDECK_BIND_HOST ?? address),
      process: {
        command: program.command,
        args: [...program.args, ...args],
        env: result.env,
        cwd: container.workingDir ? this.#folder.translate(container, container.workingDir) : home,
        onLine: (line) => log.append(line),
      },
    };
  }

  #loopback(): string {
    return this.#pod.metadata.annotations?.[LOOPBACK_ANNOTATION] ?? "127.0.0.1";
  }

  /** Restarts counted before local mode itself was restarted; starting again now is one more. */
  #countedRestarts(name: string): number {
    const { initContainerStatuses = [], containerStatuses = [] } = this.#options.pod.status ?? {};
    const before = [...initContainerStatuses, ...containerStatuses].find((status) => status.name === name);
    if (!before) return 0;
    const ran = before.state?.running !== undefined || before.state?.terminated !== undefined;
    return (before.restartCount ?? 0) + (ran ? 1 : 0);
  }

  #setBlocked(message: string): void {
    this.#blocked = message;
    this.#options.changed();
  }

  #warn(reason: string, message: string): void {
    this.#options.event(this.#pod, { type: "Warning", reason, message });
  }

  #untilEnding(): Promise<void> {
    if (this.#ending) return Promise.resolve();
    return new Promise((resolve) => {
      const before = this.#wake;
      this.#wake = () => {
        before();
        resolve();
      };
    });
  }

  #untilWoken(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
