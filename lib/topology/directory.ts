/** Which workloads exist and which services they are called by, for meshes whose figures do not say. */
import type { Pod } from "@/lib/kube/objects";
import { key, type ObjectRef } from "@/lib/kube/refs";
import type { MeshObjects } from "@/lib/mesh/input";
import { readPod } from "@/lib/mesh/pods";
import type { Directory } from "@/lib/metrics/telemetry/telemetry";

const known = new WeakMap<MeshObjects, Directory>();

/** Of every namespace, whether it is in the mesh or not. Made at the first question, once for the same objects. */
export function directoryOf(objects: MeshObjects): Directory {
  const found = known.get(objects);
  if (found !== undefined) return found;
  let read: Places | null = null;
  const places = () => {
    read ??= readPlaces(objects);
    return read;
  };
  const made: Directory = {
    workloads: () => places().all,
    serviceOf: (workload) => places().services.get(workload) ?? null,
    workloadsOf: (serviceKey) => places().workloads.get(serviceKey) ?? [],
  };
  known.set(objects, made);
  return made;
}

interface Places {
  readonly all: readonly ObjectRef[];
  /** By node id of a workload. */
  readonly services: ReadonlyMap<string, string>;
  readonly workloads: ReadonlyMap<string, readonly string[]>;
}

interface Labelled {
  readonly workload: string;
  readonly labels: Readonly<Record<string, string>>;
}

function readPlaces({ pods, services }: MeshObjects): Places {
  const all = new Map<string, ObjectRef>();
  const byNamespace = new Map<string, Labelled[]>();
  for (const pod of pods) {
    const workload = readPod(pod)?.pod.workload;
    if (workload === undefined) continue;
    const [namespace = "", kind = "", name = ""] = workload.split("/");
    all.set(workload, { namespace, kind, name });
    const labelled = byNamespace.get(namespace) ?? [];
    labelled.push({ workload, labels: labelsOf(pod) });
    byNamespace.set(namespace, labelled);
  }
  const workloads = new Map<string, readonly string[]>();
  for (const { metadata, spec } of services) {
    const selector = Object.entries(spec?.selector ?? {});
    if (selector.length === 0 || !metadata.namespace) continue;
    const behind = (byNamespace.get(metadata.namespace) ?? [])
      .filter(({ labels }) => selector.every(([label, value]) => labels[label] === value))
      .map(({ workload }) => workload);
    workloads.set(key({ namespace: metadata.namespace, name: metadata.name }), [...new Set(behind)].sort());
  }
  return { all: [...all.values()], services: closest(workloads), workloads };
}

function labelsOf(pod: Pod): Labelled["labels"] {
  return pod.metadata.labels ?? {};
}

/** By workload: the service that stands for the fewest workloads besides it; of equal ones the first by name. */
function closest(workloads: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const service of [...workloads.keys()].sort()) {
    const behind = workloads.get(service) ?? [];
    for (const workload of behind) {
      const other = found.get(workload);
      const fewer = other === undefined || behind.length < (workloads.get(other)?.length ?? 0);
      if (fewer) found.set(workload, service);
    }
  }
  return found;
}
