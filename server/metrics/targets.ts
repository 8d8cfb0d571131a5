/** What is scraped: every sidecar, and the controller. */
import { PROXY_UUID_LABEL, SIDECAR_STATS_PORT } from "@/lib/kube/names";
import type { Pod } from "@/lib/kube/objects";
import { readPod } from "@/lib/mesh/pods";
import { SOURCE_NAMESPACE, SOURCE_POD, SOURCE_WORKLOAD_KIND, SOURCE_WORKLOAD_NAME } from "@/lib/metrics/names";
import type { Labels } from "@/lib/metrics/query";

export interface ScrapeTarget {
  /** Stable while the target is the same: the pod's uid, or `controller`. */
  readonly id: string;
  readonly url: string;
  readonly labels: Labels;
}

export const SIDECAR_METRICS_PATH = "/stats/prometheus";
/** Envoy leaves out what was never used. */
export const SIDECAR_METRICS_QUERY = "usedonly";
export const CONTROLLER_TARGET = "controller";

/**
 * Targets of pods that have a sidecar and an address and have not ended, sorted by id. `controller`: address of its
 * metrics (`http://host:port/metrics`); null when it has none.
 */
export function scrapeTargets(pods: readonly Pod[], controller: string | null): readonly ScrapeTarget[] {
  const targets = pods.flatMap((object) => {
    const candidate = readPod(object);
    return candidate?.member ? [sidecarTarget(object, candidate.pod)] : [];
  });
  if (controller !== null) targets.push({ id: CONTROLLER_TARGET, url: controller, labels: { job: CONTROLLER_TARGET } });
  return targets.sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface SidecarPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly workload: string;
  readonly address: string;
}

function sidecarTarget(object: Pod, pod: SidecarPod): ScrapeTarget {
  const [, kind = "", ...name] = pod.workload.split("/");
  const host = pod.address.includes(":") ? `[${pod.address}]` : pod.address;
  return {
    id: pod.uid || object.metadata.labels?.[PROXY_UUID_LABEL] || `${pod.namespace}/${pod.name}`,
    url: `http://${host}:${SIDECAR_STATS_PORT}${SIDECAR_METRICS_PATH}?${SIDECAR_METRICS_QUERY}`,
    labels: {
      job: "sidecars",
      [SOURCE_NAMESPACE]: pod.namespace,
      [SOURCE_WORKLOAD_KIND]: kind,
      [SOURCE_WORKLOAD_NAME]: name.join("/"),
      [SOURCE_POD]: pod.name,
    },
  };
}
