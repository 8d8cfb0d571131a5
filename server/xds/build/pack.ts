import { create, type DescMessage, type MessageInitShape, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { type Any, AnySchema, type Duration, DurationSchema } from "@bufbuild/protobuf/wkt";
import { type Address, AddressSchema } from "@/server/xds/gen/envoy/config/core/v3/address_pb";
import {
  ApiVersion,
  type ConfigSource,
  ConfigSourceSchema,
} from "@/server/xds/gen/envoy/config/core/v3/config_source_pb";

/** A message as Any under its type URL. Envoy's extensions are configured so. */
export function pack<D extends DescMessage>(schema: D, value: MessageInitShape<D>): Any {
  return create(AnySchema, {
    typeUrl: `type.googleapis.com/${schema.typeName}`,
    value: encode(schema, value),
  });
}

export function encode<D extends DescMessage>(schema: D, value: MessageInitShape<D>): Uint8Array {
  // create() takes a finished message too; its own type for the result does not follow through the generic.
  return toBinary(schema, create(schema, value) as MessageShape<D>);
}

export function milliseconds(value: number): Duration {
  return create(DurationSchema, { seconds: BigInt(Math.floor(value / 1000)), nanos: (value % 1000) * 1_000_000 });
}

/** "Ask the stream this came by". */
export function fromAds(): ConfigSource {
  return create(ConfigSourceSchema, {
    configSourceSpecifier: { case: "ads", value: {} },
    resourceApiVersion: ApiVersion.V3,
  });
}

export function socketAddress(address: string, port: number): Address {
  return create(AddressSchema, {
    address: { case: "socketAddress", value: { address, portSpecifier: { case: "portValue", value: port } } },
  });
}
