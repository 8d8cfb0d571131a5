/** The backends of one TrafficSplit: what each of them gets, and what is wrong with it. */
import type { TrafficSplit } from "@/lib/smi/hub";
import type { MeshSplitBackend } from "./model";
import { serviceNamed } from "./service-name";
import type { ServiceObject } from "./service-object";
import { compareText } from "./shape";
import type { SplitContext } from "./splits";
import { wholeWeights } from "./weights";

export interface SplitOfRoot {
  readonly split: TrafficSplit;
  readonly root: ServiceObject;
  /** Keys of all Services that are roots of a split in force. */
  readonly roots: ReadonlySet<string>;
}

/** Sorted by service. A Service that is named twice gets both weights. */
export function resolveBackends(of: SplitOfRoot, context: SplitContext): readonly MeshSplitBackend[] {
  const { split } = of;
  const weights = wholeWeights(split.backends.map((backend) => backend.weight));
  const backends = new Map<string, MeshSplitBackend>();
  for (const [index, { service }] of split.backends.entries()) {
    const state = resolveBackend(of, index, context);
    if (state === "excluded") continue;
    const key = backendKey(split, service);
    const weight = (backends.get(key)?.weight ?? 0) + (weights[index] ?? 0);
    backends.set(key, { service: key, weight, state });
  }
  const sorted = [...backends.values()].sort((a, b) => compareText(a.service, b.service));
  reportZero(of, sorted, context);
  return sorted;
}

function backendKey(split: TrafficSplit, service: string): string {
  const named = serviceNamed(service);
  return `${named?.namespace ?? split.namespace}/${named?.name ?? service}`;
}

function resolveBackend(of: SplitOfRoot, index: number, context: SplitContext): MeshSplitBackend["state"] | "excluded" {
  const { split, root, roots } = of;
  const written = split.backends[index]?.service ?? "";
  const key = backendKey(split, written);
  const field = `spec.backends[${index}].service`;
  const backend = key.startsWith(`${split.namespace}/`) ? context.services.get(key) : undefined;
  if (backend === undefined || (backend.selector.length === 0 && key !== root.key)) {
    // SMI's own canary walk-through names the new version with weight 0 before it is deployed: nothing is wrong then.
    if (split.backends[index]?.weight === 0) return "missing";
    const why =
      backend === undefined ? `names no Service of namespace ${split.namespace}` : "has no selector and so no pods";
    const message = `${field} is ${written}, which ${why}, so its share is answered with 503; create the Service or set its weight to 0.`;
    context.report("SplitBackendMissing", split, field, message);
    return "missing";
  }
  if (roots.has(key)) {
    const what = key === root.key ? "the split's own root" : "the root of another split";
    const message = `${field} is ${written}, which is ${what}, so its share goes to the pods of ${written} and is not split again; name a Service of its own for each version.`;
    context.report("SplitBackendIsRoot", split, field, message);
  }
  return portsOf(of, index, backend, context);
}

/** Calls keep the root's port number, so a backend takes part on the ports it has in common with the root. */
function portsOf(of: SplitOfRoot, index: number, backend: ServiceObject, context: SplitContext): "ok" | "excluded" {
  const own = new Set(backend.ports.map((port) => port.port));
  const missing = of.root.ports.map((port) => port.port).filter((port) => !own.has(port));
  if (missing.length === 0) return "ok";
  const field = `spec.backends[${index}].service`;
  const message = `${field} is ${backend.name}, which lacks port ${missing.join(", ")} of ${of.root.name}, so it is left out there; add the port to the Service.`;
  context.report("SplitBackendWithoutPort", of.split, field, message);
  return missing.length === of.root.ports.length ? "excluded" : "ok";
}

function reportZero(of: SplitOfRoot, backends: readonly MeshSplitBackend[], { services, report }: SplitContext): void {
  const { split, root } = of;
  const total = (port: number) =>
    backends
      .filter(
        ({ service, state }) => state === "missing" || services.get(service)?.ports.some((one) => one.port === port),
      )
      .reduce((sum, { weight }) => sum + weight, 0);
  const dead = root.ports.map((port) => port.port).filter((port) => total(port) === 0);
  const allDead = dead.length === root.ports.length;
  if (dead.length === 0 && (root.ports.length > 0 || backends.some(({ weight }) => weight > 0))) return;
  const where = allDead ? "" : ` on port ${dead.join(", ")}`;
  const message = `spec.backends has no backend with a weight above 0${where}, so calls to ${split.service} are answered with 503; give at least one backend a weight.`;
  report("SplitWeightsZero", split, "spec.backends", message);
}
