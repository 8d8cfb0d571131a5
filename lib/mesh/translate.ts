/** The core: Kubernetes objects into the MeshModel that the controller enforces and the dashboard explains. */
import { readCluster } from "./cluster";
import type { MeshObjects, MeshOptions } from "./input";
import type { MeshModel, MeshService, MeshSplit } from "./model";
import { readGrants, readRoutes } from "./policy";
import { compareProblems, createReporter } from "./report";
import type { ServiceObject } from "./service-object";
import { bareService } from "./services";
import { sortedRecord } from "./shape";
import { readSplits } from "./smi-objects";
import { resolveSplits } from "./splits";

/**
 * Total: whatever the JSON of the objects, there is a model and a problem for each broken object; nothing is thrown.
 * Deterministic: the same objects in any order give an equal model. Objects outside the mesh's namespaces are not read.
 * Frozen lists that were translated before are not read again, and what comes of them is the same object as before.
 */
export function translate(objects: MeshObjects, options: MeshOptions): MeshModel {
  const cluster = readCluster(objects, options);
  const { routes, problems: routeProblems } = readRoutes(objects, cluster);
  // Targets are read in permissive mode too, so that their problems show before the mode is turned off.
  const { grants, problems: grantProblems } = readGrants(objects, cluster, routes);
  const { report, sorted } = createReporter();
  const services = cluster.serviceObjects;
  const splits = resolveSplits(readSplits(objects.trafficSplits, cluster.meshed, report).values, {
    services,
    routes,
    report,
  });
  return {
    trustDomain: options.trustDomain,
    policyMode: options.policyMode,
    services: withRoots(cluster.services, splits, services),
    identities: cluster.identities,
    workloads: cluster.workloads,
    splits: sortedRecord(splits.map((split) => [split.root, split] as const)),
    grants: options.policyMode === "permissive" ? [] : grants,
    problems: [...cluster.problems, ...routeProblems, ...grantProblems, ...sorted()].sort(compareProblems),
  };
}

/** Without a selector a Service has no pods of the mesh; as the root of a split it is a name that others answer for. */
function withRoots(
  services: MeshModel["services"],
  splits: readonly MeshSplit[],
  objects: ReadonlyMap<string, ServiceObject>,
): MeshModel["services"] {
  const roots = splits.flatMap(({ root }): readonly (readonly [string, MeshService])[] => {
    const object = objects.get(root);
    return object === undefined || Object.hasOwn(services, root) ? [] : [[root, bareService(object)]];
  });
  return roots.length === 0 ? services : sortedRecord([...Object.entries(services), ...roots]);
}
