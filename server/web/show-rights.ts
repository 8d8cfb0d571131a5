/** GET /api/rights: what the reader may not write in a namespace, in one question to the API server. */
import { type MissingRight, type Rights, WRITE_KINDS, WRITES, type WriteKind } from "@/lib/contract/rights";
import * as resources from "@/server/kube/resource";
import { askRules, mayGrant, type Rules } from "@/server/kube/rights";
import { webContext } from "./context";
import { KIND_RESOURCES } from "./limited/scope";

const RESOURCES: Readonly<Record<WriteKind, resources.Resource>> = {
  TrafficSplit: KIND_RESOURCES.trafficSplits,
  TrafficTarget: KIND_RESOURCES.trafficTargets,
  HTTPRouteGroup: KIND_RESOURCES.httpRouteGroups,
  TCPRoute: KIND_RESOURCES.tcpRoutes,
  MeshConfig: resources.MESH_CONFIGS,
  Namespace: resources.NAMESPACES,
  Deployment: resources.DEPLOYMENTS,
};

export async function showRights(namespace: string): Promise<Rights> {
  return { namespace, missing: missingOf(await askRules(webContext().client(), namespace)) };
}

export function missingOf(rules: Rules): MissingRight[] {
  return WRITE_KINDS.flatMap((kind) =>
    WRITES[kind].flatMap((verb) => (mayGrant(rules, verb, RESOURCES[kind]) ? [] : [{ verb, kind }])),
  );
}
