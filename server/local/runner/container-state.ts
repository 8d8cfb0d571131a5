/** What is known of one container of a pod, and its status in the words of the Kubernetes API. Pure. */
export interface EndedRun {
  readonly exitCode: number;
  /** Number of the signal that ended it, if one did. */
  readonly signal?: number;
  readonly reason: string;
  readonly message: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

export interface ContainerState {
  readonly name: string;
  readonly image: string;
  readonly phase: "waiting" | "running" | "ended";
  /** When waiting: why. */
  readonly reason: string;
  readonly message: string;
  readonly startedAt: number | null;
  /** The startup probe has succeeded, or there is none and it runs. */
  readonly started: boolean;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly lastRun: EndedRun | null;
}

export function initialState(container: { name: string; image?: string }, restartCount: number): ContainerState {
  return {
    name: container.name,
    image: container.image ?? "",
    phase: "waiting",
    reason: "PodInitializing",
    message: "",
    startedAt: null,
    started: false,
    ready: false,
    restartCount,
    lastRun: null,
  };
}

/** An entry of `containerStatuses`. */
export function containerStatus(state: ContainerState, podUid: string) {
  return {
    name: state.name,
    image: state.image,
    imageID: state.phase === "waiting" && state.restartCount === 0 ? "" : `local://${state.image}`,
    containerID: state.startedAt === null ? "" : `process://${podUid}/${state.name}/${state.restartCount}`,
    ready: state.ready,
    started: state.started,
    restartCount: state.restartCount,
    state: stateField(state),
    // A merge patch: what is left out would stay as it was.
    lastState: state.lastRun && state.phase !== "ended" ? { terminated: terminated(state.lastRun) } : {},
  };
}

function stateField(state: ContainerState): object {
  if (state.phase === "running" && state.startedAt !== null) return { running: { startedAt: time(state.startedAt) } };
  if (state.phase === "ended" && state.lastRun) return { terminated: terminated(state.lastRun) };
  return { waiting: { reason: state.reason, ...(state.message ? { message: state.message } : {}) } };
}

function terminated(run: EndedRun): object {
  return {
    exitCode: run.exitCode,
    ...(run.signal === undefined ? {} : { signal: run.signal }),
    reason: run.reason,
    ...(run.message ? { message: run.message } : {}),
    startedAt: time(run.startedAt),
    finishedAt: time(run.finishedAt),
  };
}

/** RFC 3339 in whole seconds, as the API server writes it. */
export function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
