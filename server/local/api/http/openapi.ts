/** OpenAPI v3 documents of one group and version: enough for kubectl's apply, explain and validation. */
import { type FieldType, structType } from "../kinds/type-table";
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from "../object";
import type { ResourceType, ServedVersion } from "../resource-type";
import { apiVersionOf } from "../resource-type";

const PREFIXES: Readonly<Record<string, string>> = {
  "meta.v1": "io.k8s.apimachinery.pkg.apis.meta.v1",
  "apiextensions.v1": "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1",
};

/** `core.v1.Pod` as `io.k8s.api.core.v1.Pod`. */
function schemaName(typeName: string): string {
  const [group = "", version = "", kind = ""] = typeName.split(".");
  return `${PREFIXES[`${group}.${version}`] ?? `io.k8s.api.${group}.${version}`}.${kind}`;
}

const SCALARS: Readonly<Record<string, JsonObject>> = {
  s: { type: "string" },
  i: { type: "integer", format: "int32" },
  l: { type: "integer", format: "int64" },
  b: { type: "boolean" },
  y: { type: "string", format: "byte" },
  d: { type: "number", format: "double" },
  T: { type: "string", format: "date-time" },
  U: { type: "string", format: "date-time" },
  Q: { oneOf: [{ type: "string" }, { type: "number" }] },
  I: { oneOf: [{ type: "string" }, { type: "integer" }], format: "int-or-string" },
  R: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
};

function reference(typeName: string): JsonObject {
  return { allOf: [{ $ref: `#/components/schemas/${schemaName(typeName)}` }], default: {} };
}

function fieldSchema(field: FieldType): JsonObject {
  const one = field.code === "@" ? reference(field.reference) : { ...(SCALARS[field.code] ?? {}) };
  if (field.many === "map") return { type: "object", additionalProperties: one };
  const patch: JsonObject = {
    ...(field.mergeKey === null ? {} : { "x-kubernetes-patch-merge-key": field.mergeKey }),
    ...(field.strategies.length === 0 ? {} : { "x-kubernetes-patch-strategy": field.strategies.join(",") }),
  };
  return field.many === "list" ? { type: "array", items: one, ...patch } : { ...one, ...patch };
}

/** Schemas of a type and of everything it leads to. */
function collect(typeName: string, into: JsonObject): void {
  const name = schemaName(typeName);
  if (into[name] !== undefined) return;
  const { fields } = structType(typeName);
  const properties: JsonObject = {};
  const schema: JsonObject = { type: "object", properties };
  into[name] = schema;
  const needed: Json[] = [];
  for (const [field, type] of fields) {
    properties[field] = fieldSchema(type);
    if (type.required) needed.push(field);
    if (type.code === "@") collect(type.reference, into);
  }
  if (needed.length > 0) schema.required = needed;
}

function gvk(type: ResourceType, version: string): JsonObject {
  return { group: type.group, version, kind: type.kind };
}

const TYPE_META: JsonObject = {
  apiVersion: { type: "string", description: "The version of the schema this object is in." },
  kind: { type: "string", description: "The kind of the object." },
};

function builtInSchema(type: ResourceType, version: ServedVersion, into: JsonObject): string {
  collect(type.typeName, into);
  const name = schemaName(type.typeName);
  const schema = into[name];
  if (isObject(schema)) {
    schema.properties = { ...TYPE_META, ...objectAt(schema, "properties") };
    schema["x-kubernetes-group-version-kind"] = [gvk(type, version.name)];
    schema.description = `${type.kind} of ${apiVersionOf(type, version.name)}.`;
  }
  return name;
}

/** `split.smi-spec.io` as `io.smi-spec.split`. */
function customSchema(type: ResourceType, version: ServedVersion, schema: JsonObject, into: JsonObject): string {
  const name = `${type.group.split(".").reverse().join(".")}.${version.name}.${type.kind}`;
  collect("meta.v1.ObjectMeta", into);
  into[name] = {
    ...structuredClone(schema),
    properties: {
      ...structuredClone(objectAt(schema, "properties")),
      ...TYPE_META,
      metadata: reference("meta.v1.ObjectMeta"),
    },
    "x-kubernetes-group-version-kind": [gvk(type, version.name)],
  };
  return name;
}

function query(name: string, type: string): JsonObject {
  return { name, in: "query", schema: { type, uniqueItems: true } };
}

const WRITE_QUERY = [query("dryRun", "string"), query("fieldManager", "string"), query("fieldValidation", "string")];
const LIST_QUERY = ["continue", "fieldSelector", "labelSelector", "resourceVersion"].map((name) =>
  query(name, "string"),
);

function operation(action: string, kind: JsonObject, schema: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": kind,
    responses: { "200": { description: "OK", content: { "application/json": { schema } } } },
    ...more,
  };
}

function body(types: readonly string[], schema: JsonObject): JsonObject {
  return { content: Object.fromEntries(types.map((type) => [type, { schema }])) };
}

function pathsOf(type: ResourceType, version: ServedVersion, schemaKey: string): JsonObject {
  const base = type.group === "" ? `/api/${version.name}` : `/apis/${type.group}/${version.name}`;
  const collectionPath = `${base}/${type.namespaced ? "namespaces/{namespace}/" : ""}${type.plural}`;
  const schema = { $ref: `#/components/schemas/${schemaKey}` };
  const kind = gvk(type, version.name);
  const patches = [
    "application/json-patch+json",
    "application/merge-patch+json",
    ...(type.custom ? [] : ["application/strategic-merge-patch+json"]),
  ];
  const path = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
  const inNamespace = type.namespaced ? [path("namespace")] : [];
  const write = (action: string, types: readonly string[], of: JsonObject) =>
    operation(action, kind, schema, { parameters: WRITE_QUERY, requestBody: body(types, of) });
  return {
    [collectionPath]: {
      get: operation("list", kind, { type: "object" }, { parameters: LIST_QUERY }),
      post: write("post", ["application/json", "application/yaml"], schema),
      delete: operation("deletecollection", kind, { type: "object" }, { parameters: LIST_QUERY }),
      parameters: inNamespace,
    },
    [`${collectionPath}/{name}`]: {
      get: operation("get", kind, schema),
      put: write("put", ["application/json", "application/yaml"], schema),
      patch: write("patch", patches, { type: "object" }),
      delete: operation(
        "delete",
        kind,
        { type: "object" },
        { parameters: [query("dryRun", "string"), query("propagationPolicy", "string")] },
      ),
      parameters: [path("name"), ...inNamespace],
    },
  };
}

/** `definition` is the CustomResourceDefinition behind a custom type. */
export interface Described {
  readonly type: ResourceType;
  readonly version: ServedVersion;
  readonly definition: unknown;
}

/** The document of one group and version. */
export function openApiDocument(described: readonly Described[]): JsonObject {
  const schemas: JsonObject = {};
  const paths: JsonObject = {};
  for (const { type, version, definition } of described) {
    const found = listAt(definition, "spec", "versions").find((one) => textAt(one, "name") === version.name);
    const key = type.custom
      ? customSchema(type, version, objectAt(found, "schema", "openAPIV3Schema"), schemas)
      : builtInSchema(type, version, schemas);
    Object.assign(paths, pathsOf(type, version, key));
  }
  return {
    openapi: "3.0.0",
    info: { title: "Meshdeck's local Kubernetes API", version: "v1.32" },
    paths,
    components: { schemas },
  };
}
