/** What the status says of pods: containers that are down, and those that have been. */
import type { Pod } from "@/lib/kube/objects";
import type { PodSnapshot } from "./runner/pod-run";
import type { StatusBoard } from "./supervisor/status-board";

/** `snapshot` null: the pod has gone. A part is named `<container> <namespace>/<pod>`. */
export function reportPod(board: StatusBoard, pod: Pod, snapshot: PodSnapshot | null): void {
  const place = `${pod.metadata.namespace}/${pod.metadata.name}`;
  if (!snapshot) {
    const { containers = [], initContainers = [] } = pod.spec ?? {};
    for (const { name } of [...initContainers, ...containers]) board.remove(`${name} ${place}`);
    return;
  }
  for (const state of [...snapshot.init, ...snapshot.containers]) {
    const name = `${state.name} ${place}`;
    const failed = state.phase === "waiting" && state.reason !== "PodInitializing";
    if (failed) {
      const message = `${state.name} of ${place} is down: ${state.message || state.reason}.`;
      board.set({ name, state: state.lastRun ? "restarting" : "failed", restarts: state.restartCount, message });
    } else if (state.lastRun !== null) {
      const running = state.phase === "running" && state.started;
      board.set({ name, state: running ? "running" : "restarting", restarts: state.restartCount, message: "" });
    }
  }
}
