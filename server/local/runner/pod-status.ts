/** The status of a pod from the states of its containers. Pure. */
import { type ContainerState, containerStatus, time } from "./container-state";
import { isSidecar, type PodSpec } from "./pod-spec";

export interface PodFacts {
  readonly uid: string;
  readonly spec: PodSpec;
  readonly address: string;
  /** Unix milliseconds. */
  readonly startTime: number;
  /** In the order of the spec. */
  readonly init: readonly ContainerState[];
  readonly containers: readonly ContainerState[];
  /** Why the pod cannot be started yet (a volume's Secret is missing); empty when it can. */
  readonly blocked: string;
  readonly previous: readonly PodCondition[];
}

export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export function podStatus(facts: PodFacts, now: number) {
  const { spec, init, containers } = facts;
  const initialized = spec.initContainers.every((container, i) => initDone(container, init[i]));
  const sidecars = init.filter((_, i) => isSidecar(spec.initContainers[i] ?? { name: "" }));
  const unready = [...sidecars, ...containers].filter((state) => !state.ready).map((state) => state.name);
  const allReady = initialized && unready.length === 0 && containers.length > 0;
  const phase = podPhase(facts, initialized);
  const ended = phase === "Succeeded" || phase === "Failed";
  const condition = keepTimes(facts.previous, now);
  const why = ended
    ? { reason: phase === "Succeeded" ? "PodCompleted" : "PodFailed" }
    : { reason: "ContainersNotReady", message: `containers with unready status: [${unready.join(" ")}]` };
  return {
    phase,
    hostIP: "127.0.0.1",
    podIP: facts.address,
    podIPs: [{ ip: facts.address }],
    startTime: time(facts.startTime),
    qosClass: "BestEffort",
    message: facts.blocked || null,
    conditions: [
      condition("PodScheduled", true),
      condition("Initialized", initialized, {
        reason: "ContainersNotInitialized",
        message: facts.blocked || "init containers have not all finished",
      }),
      condition("ContainersReady", allReady && !ended, why),
      condition("Ready", allReady && !ended, why),
    ],
    initContainerStatuses: init.map((state) => containerStatus(state, facts.uid)),
    containerStatuses: containers.map((state) => containerStatus(state, facts.uid)),
  };
}

function initDone(container: { restartPolicy?: string; name: string }, state: ContainerState | undefined): boolean {
  if (!state) return false;
  return isSidecar(container)
    ? state.started || state.restartCount > 0
    : state.phase === "ended" && state.lastRun?.exitCode === 0;
}

function podPhase(
  { spec, containers }: PodFacts,
  initialized: boolean,
): "Pending" | "Running" | "Succeeded" | "Failed" {
  if (!initialized) return "Pending";
  if (
    containers.length > 0 &&
    containers.every((state) => state.phase === "ended") &&
    spec.restartPolicy !== "Always"
  ) {
    return containers.every((state) => state.lastRun?.exitCode === 0) ? "Succeeded" : "Failed";
  }
  const begun = containers.some(
    (state) => state.phase !== "waiting" || state.lastRun !== null || state.restartCount > 0,
  );
  return begun ? "Running" : "Pending";
}

function keepTimes(previous: readonly PodCondition[], now: number) {
  return (type: string, holds: boolean, why: { reason: string; message?: string } = { reason: "" }): PodCondition => {
    const status = holds ? "True" : "False";
    const before = previous.find((old) => old.type === type);
    const since = before?.status === status && before.lastTransitionTime ? before.lastTransitionTime : time(now);
    return { type, status, lastTransitionTime: since, ...(holds ? {} : why) };
  };
}
