/** A pod in one word, as `kubectl get pods` says it. */
import { at, listAt, type Stored, textAt } from "../object";

function isSidecar(pod: Stored, name: string): boolean {
  return listAt(pod, "spec", "initContainers").some(
    (one) => at(one, "name") === name && at(one, "restartPolicy") === "Always",
  );
}

function running(status: unknown): boolean {
  return at(status, "ready") === true && at(status, "state", "running") !== undefined;
}

/** `1/2`: ready containers, sidecars included, of all. */
export function podReady(pod: Stored): string {
  const sidecars = listAt(pod, "spec", "initContainers").filter((one) => at(one, "restartPolicy") === "Always");
  const total = listAt(pod, "spec", "containers").length + sidecars.length;
  const ready = [
    ...listAt(pod, "status", "containerStatuses"),
    ...listAt(pod, "status", "initContainerStatuses").filter((one) => isSidecar(pod, textAt(one, "name"))),
  ].filter(running).length;
  return `${ready}/${total}`;
}

export function podRestarts(pod: Stored): string {
  const statuses = [...listAt(pod, "status", "containerStatuses"), ...listAt(pod, "status", "initContainerStatuses")];
  return String(statuses.reduce<number>((sum, status) => sum + Number(at(status, "restartCount") ?? 0), 0));
}

/** Why a container waits or how it ended, if that is worth a word. */
function trouble(status: unknown): string {
  const ended = at(status, "state", "terminated");
  const reason = textAt(status, "state", "waiting", "reason") || textAt(ended, "reason");
  if (reason !== "") return reason;
  return ended === undefined ? "" : `ExitCode:${String(at(ended, "exitCode") ?? 0)}`;
}

function initTrouble(pod: Stored): string {
  const statuses = listAt(pod, "status", "initContainerStatuses");
  for (const [index, status] of statuses.entries()) {
    const done = at(status, "state", "terminated", "exitCode") === 0;
    const started = isSidecar(pod, textAt(status, "name")) && at(status, "started") === true;
    if (done || started) continue;
    const why = trouble(status);
    return why === "" || why === "PodInitializing"
      ? `Init:${index}/${listAt(pod, "spec", "initContainers").length}`
      : `Init:${why}`;
  }
  return "";
}

export function podStatus(pod: Stored): string {
  if (pod.metadata.deletionTimestamp !== undefined) return "Terminating";
  const overall = textAt(pod, "status", "reason") || textAt(pod, "status", "phase");
  const before = initTrouble(pod);
  if (before !== "") return before;
  const statuses = listAt(pod, "status", "containerStatuses");
  const troubles = statuses.map(trouble).filter((one) => one !== "");
  const first = troubles[0];
  if (first === undefined) return overall;
  const oneRuns = statuses.some(running);
  return first === "Completed" && oneRuns ? "Running" : first;
}
