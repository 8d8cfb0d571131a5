/** What SMI access and route objects say: routes that can be named, and grants. */

import type { TrafficTarget } from "@/lib/smi/hub";
import type { Cluster } from "./cluster";
import type { MeshObjects } from "./input";
import type { Grant } from "./model";
import type { Problem } from "./problems";
import { createReporter } from "./report";
import { catalogRoutes, type RouteCatalog } from "./routes";
import { compareText } from "./shape";
import { readGroups, readTargets, readTcpRoutes } from "./smi-objects";
import { Stage } from "./stage";
import { grantsOf, type TargetScope } from "./targets";

interface Routes {
  readonly routes: RouteCatalog;
  readonly problems: readonly Problem[];
}

interface Grants {
  /** Sorted by policy. */
  readonly grants: readonly Grant[];
  readonly problems: readonly Problem[];
}

const routesStage = new Stage<Routes>();
const grantsStage = new Stage<Grants>();

/** What a target grants, until the target itself or something all targets are read against changes. */
const judged = new WeakMap<TrafficTarget, Grants & TargetScope>();

export function readRoutes({ httpRouteGroups, tcpRoutes }: MeshObjects, { meshed }: Cluster): Routes {
  return routesStage.run([httpRouteGroups, tcpRoutes, meshed], () => {
    const { report, sorted } = createReporter();
    const groups = readGroups(httpRouteGroups, meshed, report);
    const routes = catalogRoutes(groups, readTcpRoutes(tcpRoutes, meshed, report), report);
    return { routes, problems: sorted() };
  });
}

export function readGrants({ trafficTargets }: MeshObjects, cluster: Cluster, routes: RouteCatalog): Grants {
  const { meshed, identityKeys: identities } = cluster;
  return grantsStage.run([trafficTargets, identities, routes], () => {
    const { report, sorted } = createReporter();
    const targets = readTargets(trafficTargets, meshed, report).values;
    const context = { identities, meshed, routes };
    const grants = targets.flatMap((target) => {
      const result = judgeOnce(target, context);
      for (const { code, object, field, message } of result.problems) report(code, object, field, message);
      return result.grants;
    });
    return { grants: grants.sort((a, b) => compareText(a.policy, b.policy)), problems: sorted() };
  });
}

function judgeOnce(target: TrafficTarget, scope: TargetScope): Grants {
  const earlier = judged.get(target);
  if (earlier?.identities === scope.identities && earlier.meshed === scope.meshed && earlier.routes === scope.routes) {
    return earlier;
  }
  const { report, sorted } = createReporter();
  const result = { ...scope, grants: grantsOf(target, { ...scope, report }), problems: sorted() };
  judged.set(target, result);
  return result;
}
