/** Resources as people read them: Envoy's JSON, without what must stay secret. */
import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { resourceJson } from "./messages";
import type { Resource } from "./resource";

/** Fields of Envoy's API that hold key material. */
const SECRET_FIELDS = new Set([
  "privateKey",
  "privateKeyProvider",
  "password",
  "pkcs12",
  "sessionTicketKeys",
  "genericSecret",
]);
const HIDDEN = "[not shown]";

/** The message as JSON. Throws when the bytes hold an extension this version does not build. */
export function shown(resource: Pick<Resource, "type" | "bytes">): JsonObject {
  return withoutSecrets(resourceJson(resource)) as JsonObject;
}

/** The same with every secret hidden. */
export function withoutSecrets(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, SECRET_FIELDS.has(name) ? HIDDEN : withoutSecrets(inner)]),
  );
}
