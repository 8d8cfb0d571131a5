/** Asks the probes of a running container, again and again, until it ends. */
import type { ContainerSpec, Probe } from "./pod-spec";
import { runProbe } from "./probes";

export interface ProbeHooks {
  /** While it says yes the container's process is there and is not being stopped. */
  readonly alive: () => boolean;
  /** Once: the startup probe has succeeded, or there is none. */
  readonly started: () => void;
  readonly ready: (ready: boolean) => void;
  /** A probe has failed too often. `restart`: the container has to be started again. */
  readonly unhealthy: (message: string, restart: boolean) => void;
  /** Waits; ends early when the container does. */
  readonly pause: (delayMs: number) => Promise<void>;
}

/** A first answer is waited for more eagerly than a kubelet does: nothing else on this machine waits with it. */
const EAGER_PROBE_MS = 200;
const EAGER_FOR_MS = 30_000;

/** `host`: where the container's process listens. Resolves when it has ended or a probe has failed for good. */
export async function watchProbes(container: ContainerSpec, host: string, hooks: ProbeHooks): Promise<void> {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  const ask = (probe: Probe) => runProbe(probe, container, host);
  if (startupProbe && !(await untilStarted(startupProbe, ask, hooks))) return;
  if (!hooks.alive()) return;
  hooks.started();
  await Promise.all([
    readinessProbe && watchReadiness(readinessProbe, ask, hooks),
    livenessProbe && watchLiveness(livenessProbe, ask, hooks),
  ]);
}

type Ask = (probe: Probe) => ReturnType<typeof runProbe>;

async function untilStarted(probe: Probe, ask: Ask, hooks: ProbeHooks): Promise<boolean> {
  const budgetMs = ((probe.initialDelaySeconds ?? 0) + period(probe) * (probe.failureThreshold ?? 3)) * 1000;
  const deadline = Date.now() + budgetMs;
  while (hooks.alive()) {
    const result = await ask(probe);
    if (result.ok) return true;
    if (Date.now() > deadline) {
      hooks.unhealthy(`Startup probe failed: ${result.message}`, true);
      return false;
    }
    await hooks.pause(Math.min(EAGER_PROBE_MS, period(probe) * 1000));
  }
  return false;
}

async function watchReadiness(probe: Probe, ask: Ask, hooks: ProbeHooks): Promise<void> {
  let ready = false;
  let failures = 0;
  let successes = 0;
  const began = Date.now();
  await hooks.pause((probe.initialDelaySeconds ?? 0) * 1000);
  while (hooks.alive()) {
    const result = await ask(probe);
    if (!hooks.alive()) return;
    failures = result.ok ? 0 : failures + 1;
    successes = result.ok ? successes + 1 : 0;
    if (!ready && successes >= (probe.successThreshold ?? 1)) {
      ready = true;
      hooks.ready(true);
    } else if (!result.ok && ready && failures >= (probe.failureThreshold ?? 3)) {
      ready = false;
      hooks.ready(false);
      hooks.unhealthy(`Readiness probe failed: ${result.message}`, false);
    }
    const eager = !ready && Date.now() - began < EAGER_FOR_MS;
    await hooks.pause(eager ? EAGER_PROBE_MS : period(probe) * 1000);
  }
}

async function watchLiveness(probe: Probe, ask: Ask, hooks: ProbeHooks): Promise<void> {
  let failures = 0;
  await hooks.pause((probe.initialDelaySeconds ?? 0) * 1000);
  while (hooks.alive()) {
    const result = await ask(probe);
    if (!hooks.alive()) return;
    failures = result.ok ? 0 : failures + 1;
    if (!result.ok && failures >= (probe.failureThreshold ?? 3)) {
      hooks.unhealthy(`Liveness probe failed: ${result.message}`, true);
      return;
    }
    await hooks.pause(period(probe) * 1000);
  }
}

function period(probe: Probe): number {
  return probe.periodSeconds ?? 10;
}
