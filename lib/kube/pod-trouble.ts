/** Why a pod does not serve, as its own status tells it. */
import type { Pod } from "./objects";

interface ContainerStatus {
  readonly name?: string;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
  };
}

interface PodStatus {
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly conditions?: readonly {
    readonly type?: string;
    readonly status?: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
}

/** Reasons that every start goes through. */
const ON_ITS_WAY = new Set(["ContainerCreating", "PodInitializing"]);

/** One sentence; null when nothing says so. */
export function podTrouble(pod: Pod): string | null {
  const { name } = pod.metadata;
  const status = (pod.status ?? {}) as PodStatus;
  for (const container of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]) {
    const { waiting, terminated } = container.state ?? {};
    if (waiting?.reason && !ON_ITS_WAY.has(waiting.reason)) {
      return `Pod ${name} waits: ${waiting.reason} of ${container.name}${waiting.message ? `, ${waiting.message}` : ""}.`;
    }
    if (terminated && terminated.exitCode !== 0 && terminated.exitCode !== undefined) {
      return `Pod ${name}: ${container.name} ended with ${terminated.exitCode}.`;
    }
  }
  const unscheduled = status.conditions?.find((one) => one.type === "PodScheduled" && one.status === "False");
  if (unscheduled) return `Pod ${name} has no node: ${unscheduled.message ?? unscheduled.reason ?? "not scheduled"}.`;
  return null;
}
