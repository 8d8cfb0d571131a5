/** Envoy's answer to /config_dump, as resources spelled like those the controller gives to it. */
import { fromJson, type JsonObject, type JsonValue, toJson } from "@bufbuild/protobuf";
import type { EnvoyResource } from "@/lib/contract/envoy-config";
import { AppError } from "@/lib/contract/errors";
import { REGISTRY, SCHEMAS } from "./messages";
import type { ResourceType } from "./names";
import { withoutSecrets } from "./show";

/** Where each kind stands in the dump, and in which state what stands there is. */
const PLACES: readonly (readonly [
  type: ResourceType,
  list: string,
  state: EnvoyResource["state"],
  resource: string,
])[] = [
  ["CDS", "dynamic_active_clusters", "active", "cluster"],
  ["CDS", "dynamic_warming_clusters", "warming", "cluster"],
  ["RDS", "dynamic_route_configs", "active", "route_config"],
  ["EDS", "dynamic_endpoint_configs", "active", "endpoint_config"],
  ["SDS", "dynamic_active_secrets", "active", "secret"],
  ["SDS", "dynamic_warming_secrets", "warming", "secret"],
];
const LISTENER_STATES = ["active", "warming", "draining"] as const;

/** What came by xDS, sorted by type and name; what is static is left out. Throws `upstream_malformed` for what is no dump. */
export function readConfigDump(text: string): EnvoyResource[] {
  const parsed = parse(text);
  const configs = records(parsed.configs);
  if (configs.length === 0) throw malformed("it has no configs");
  const own = ownNames(configs);
  const found = configs.flatMap((config) => [
    ...PLACES.flatMap(([type, list, state, member]) =>
      records(config[list]).map((entry) => resourceOf(type, { entry, state, body: entry[member] })),
    ),
    ...records(config.dynamic_listeners).flatMap(listenersOf),
  ]);
  const given = found.filter((one): one is EnvoyResource => one !== null && !own.has(`${one.type} ${one.name}`));
  return given.sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
}

/** What an Envoy did not get by xDS: secrets its bootstrap reads from files, and endpoints that stand in their cluster. */
function ownNames(configs: readonly JsonObject[]): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (value: JsonValue | undefined, of: string): void => {
    if (Array.isArray(value)) for (const one of value) look(one, of);
    const held = record(value);
    if (held === null) return;
    if (/sds_secret_configs?$/.test(of) && typeof held.name === "string") names.add(`SDS ${held.name}`);
    for (const [member, inner] of Object.entries(held)) look(inner, member);
  };
  for (const { bootstrap } of configs) look(bootstrap, "");
  const clusters = configs.flatMap((config) => [
    ...records(config.static_clusters),
    ...records(config.dynamic_active_clusters),
    ...records(config.dynamic_warming_clusters),
  ]);
  for (const { cluster } of clusters) {
    const held = record(cluster);
    if (held !== null && held.type !== "EDS") names.add(`EDS ${held.name}`);
  }
  return names;
}

function order({ type }: EnvoyResource): number {
  return ["LDS", "RDS", "CDS", "EDS", "SDS"].indexOf(type);
}

/** A listener may be there in several states at once: the old one drains while the new one warms. */
function listenersOf(entry: JsonObject): (EnvoyResource | null)[] {
  const refused = record(entry.error_state);
  const details = typeof refused?.details === "string" ? refused.details : null;
  const states = LISTENER_STATES.flatMap((state) => {
    const held = record(entry[`${state}_state`]);
    return held === null ? [] : [resourceOf("LDS", { entry: held, state, body: held.listener, error: details })];
  });
  if (states.length > 0 || details === null) return states;
  return [{ type: "LDS", name: String(entry.name), version: "", state: "refused", error: details, resource: {} }];
}

interface Held {
  readonly entry: JsonObject;
  readonly state: EnvoyResource["state"];
  readonly body: JsonValue | undefined;
  readonly error?: string | null;
}

function resourceOf(type: ResourceType, { entry, state, body, error = null }: Held): EnvoyResource | null {
  const held = record(body);
  if (held === null) return null;
  const { "@type": _type, ...message } = held;
  const resource = canonical(type, message);
  const name = resource.name ?? resource.clusterName ?? entry.name;
  if (typeof name !== "string" || name === "") return null;
  const version = typeof entry.version_info === "string" ? entry.version_info : "";
  const refused = record(entry.error_state);
  const why = error ?? (typeof refused?.details === "string" ? refused.details : null);
  return { type, name, version, state, error: why, resource: withoutSecrets(resource) as JsonObject };
}

/** Read and written by the same schema as what is sent: names of fields, enums and defaults are then spelled alike. */
function canonical(type: ResourceType, message: JsonObject): JsonObject {
  const schema = SCHEMAS[type];
  try {
    const options = { registry: REGISTRY, ignoreUnknownFields: true };
    return toJson(schema, fromJson(schema, message, options), { registry: REGISTRY }) as JsonObject;
  } catch {
    // An extension this version does not know: better as Envoy spells it than not at all.
    return message;
  }
}

function parse(text: string): JsonObject {
  try {
    return record(JSON.parse(text) as JsonValue) ?? {};
  } catch {
    throw malformed("it is no JSON");
  }
}

function malformed(why: string): AppError {
  return new AppError("upstream_malformed", `What the sidecar answered is no configuration dump: ${why}.`, {
    hint: "Look at its Envoy's version and log.",
  });
}

function records(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(record).filter((one) => one !== null) : [];
}

function record(value: JsonValue | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
