import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import { DeltaDiscoveryResponseSchema, DiscoveryResponseSchema } from "../gen/envoy/service/discovery/v3/discovery_pb";
import { type ResourceType, typeUrl } from "../names";
import { type Resource, sotwEntry } from "../resource";
import type { Batch } from "./subscription";

/** A DeltaDiscoveryResponse around entries that are already encoded. */
export function deltaResponse(type: ResourceType, nonce: string, batch: Batch): Buffer {
  const head = create(DeltaDiscoveryResponseSchema, {
    typeUrl: typeUrl(type),
    nonce,
    removedResources: [...batch.removed],
  });
  return Buffer.concat([
    toBinary(DeltaDiscoveryResponseSchema, head),
    ...batch.resources.map((resource) => resource.deltaEntry),
  ]);
}

/** A DiscoveryResponse of everything of the type; its version is the hash of all versions in it. */
export function sotwResponse(type: ResourceType, nonce: string, resources: readonly Resource[]): Buffer {
  const hash = createHash("sha256");
  for (const { name, version } of resources) hash.update(`${name} ${version}\n`);
  const head = create(DiscoveryResponseSchema, {
    typeUrl: typeUrl(type),
    nonce,
    versionInfo: hash.digest("base64url").slice(0, 16),
  });
  return Buffer.concat([toBinary(DiscoveryResponseSchema, head), ...resources.map(sotwEntry)]);
}
