/** Which node a problem belongs to: policy is about services and about the workloads behind an identity. */
import { key } from "@/lib/kube/refs";
import type { MeshObjects } from "@/lib/mesh/input";
import type { MeshModel } from "@/lib/mesh/model";
import type { Problem } from "@/lib/mesh/problems";
import { readSmi } from "@/lib/smi/read";
import { serviceNode } from "./edges";

export interface ProblemContext {
  readonly model: MeshModel;
  readonly objects: MeshObjects;
  /** Workload node ids by identity key. */
  readonly workloadsByIdentity: ReadonlyMap<string, readonly string[]>;
}

/** Number of problems by node id. A problem of an object no node stands for counts nowhere (it is in the list still). */
export function problemCounts(problems: readonly Problem[], context: ProblemContext): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const problem of problems) {
    for (const node of nodesOf(problem, context)) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}

function nodesOf({ object }: Problem, context: ProblemContext): readonly string[] {
  const { model, workloadsByIdentity } = context;
  switch (object.kind) {
    case "Service":
      return [serviceNode(key(object))];
    case "TrafficSplit":
      return splitRoot(object, context).map(serviceNode);
    case "TrafficTarget":
      return targetDestination(object, context).flatMap((identity) => workloadsByIdentity.get(identity) ?? []);
    case "HTTPRouteGroup": {
      const grants = model.grants.filter((grant) => grant.route?.group === key(object));
      const identities = new Set(grants.map((grant) => grant.destination));
      return [...identities].flatMap((identity) => workloadsByIdentity.get(identity) ?? []);
    }
    default:
      return [];
  }
}

function splitRoot(object: Problem["object"], { model, objects }: ProblemContext): readonly string[] {
  const inForce = Object.values(model.splits).find((split) => split.name === key(object));
  if (inForce !== undefined) return [inForce.root];
  for (const one of objects.trafficSplits) {
    if (!isObject(one, object)) continue;
    const reading = readSmi(one);
    if (reading.ok && reading.value.kind === "TrafficSplit") {
      // `bookstore`, `bookstore.bookstore` and longer forms all begin with the name; a root is in the split's namespace.
      return [`${object.namespace}/${reading.value.service.split(".")[0] ?? ""}`];
    }
  }
  return [];
}

function targetDestination(object: Problem["object"], { objects }: ProblemContext): readonly string[] {
  for (const one of objects.trafficTargets) {
    if (!isObject(one, object)) continue;
    const reading = readSmi(one);
    if (reading.ok && reading.value.kind === "TrafficTarget") return [key(reading.value.destination)];
  }
  return [];
}

function isObject(one: MeshObjects["trafficSplits"][number], object: Problem["object"]): boolean {
  return one.metadata?.name === object.name && one.metadata?.namespace === object.namespace;
}
