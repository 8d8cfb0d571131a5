import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { ResourceSchema } from "./gen/envoy/service/discovery/v3/discovery_pb";
import { type ResourceType, typeUrl } from "./names";

/** One resource, encoded once. Every subscriber is written the same bytes. */
export interface Resource {
  readonly type: ResourceType;
  readonly name: string;
  /**
   * Hash of the content, never a counter: a restarted controller must not give a new resource the version of an old one,
   * for Envoy would keep what it has.
   */
  readonly version: string;
  /** The message itself. */
  readonly bytes: Uint8Array;
  /** As an entry of DeltaDiscoveryResponse.resources, tag and length included. */
  readonly deltaEntry: Uint8Array;
}

export function makeResource(type: ResourceType, name: string, bytes: Uint8Array): Resource {
  const version = createHash("sha256").update(bytes).digest("base64url").slice(0, 16);
  let entry: Uint8Array | null = null;
  return {
    type,
    name,
    version,
    bytes,
    get deltaEntry() {
      entry ??= asEntry(
        toBinary(ResourceSchema, create(ResourceSchema, { name, version, resource: anyOf(type, bytes) })),
      );
      return entry;
    },
  };
}

/** As an entry of DiscoveryResponse.resources. */
export function sotwEntry(resource: Resource): Uint8Array {
  return asEntry(toBinary(AnySchema, anyOf(resource.type, resource.bytes)));
}

function anyOf(type: ResourceType, value: Uint8Array) {
  return create(AnySchema, { typeUrl: typeUrl(type), value });
}

/** Field 2, length-delimited: `resources` in both responses. */
function asEntry(message: Uint8Array): Uint8Array {
  const head: number[] = [0x12];
  let length = message.length;
  while (length > 127) {
    head.push((length & 127) | 128);
    length >>>= 7;
  }
  head.push(length);
  return Buffer.concat([Uint8Array.from(head), message]);
}
