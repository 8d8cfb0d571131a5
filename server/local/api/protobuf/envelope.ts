/** Kubernetes' protobuf envelope: the four bytes `k8s\0` and a runtime.Unknown that names the kind inside. */
import { hasType } from "../kinds/type-table";
import type { JsonObject } from "../object";
import { StatusError } from "../status";
import { decodeMessage } from "./decode";
import { type WireField, wireFields } from "./wire";

const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

export function isProtobuf(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(MAGIC);
}

function bytesAt(fields: readonly WireField[], number: number): Buffer {
  const value = fields.find((field) => field.number === number)?.value;
  return value?.sort === "bytes" ? value.value : Buffer.alloc(0);
}

/** `apps/v1` is `apps.v1` in the type table, `authorization.k8s.io/v1` is `authorization.v1`, `v1` is `core.v1`. */
function typeNames(apiVersion: string, kind: string): string[] {
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "core" : (apiVersion.slice(0, slash).split(".")[0] ?? "");
  const version = slash < 0 ? apiVersion : apiVersion.slice(slash + 1);
  // The options of a request travel under the group of what they are for.
  return [`${group}.${version}.${kind}`, `meta.v1.${kind}`];
}

/** The object inside, with its apiVersion and kind. Throws a 415 for kinds this API has no types for. */
export function decodeEnvelope(bytes: Buffer): JsonObject {
  const unknown = wireFields(bytes.subarray(MAGIC.length));
  const typeMeta = wireFields(bytesAt(unknown, 1));
  const apiVersion = bytesAt(typeMeta, 1).toString("utf8");
  const kind = bytesAt(typeMeta, 2).toString("utf8");
  const typeName = typeNames(apiVersion, kind).find(hasType);
  if (typeName === undefined) {
    throw new StatusError(
      415,
      "UnsupportedMediaType",
      `${kind} of ${apiVersion} cannot be sent as protobuf to this API: send application/json`,
    );
  }
  return { apiVersion, kind, ...decodeMessage(typeName, bytesAt(unknown, 2)) };
}
