import type { MeshEndpoint } from "@/lib/mesh/model";
import { ClusterLoadAssignmentSchema } from "@/server/xds/gen/envoy/config/endpoint/v3/endpoint_pb";
import { endpoints } from "./clusters";
import { encode } from "./pack";

/** Where a cluster's calls go. An empty list is an answer too: Envoy then says 503 at once instead of waiting. */
export function buildEndpoints(clusterName: string, list: readonly MeshEndpoint[]): Uint8Array {
  return encode(ClusterLoadAssignmentSchema, {
    clusterName,
    endpoints: list.length > 0 ? [endpoints(list)] : [],
  });
}
