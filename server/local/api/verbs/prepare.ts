/** What create, update and patch have in common: reading a body, metadata that only the API sets, validation. */
import { type Cluster, type Target, timestamp, toStorage, type WriteOptions } from "../cluster";
import { metadataCauses } from "../kinds/rules";
import { at, deepEqual, ensureObject, isObject, type Json, type JsonObject, type Stored, textAt } from "../object";
import { apiVersionOf, type ShapeIssue } from "../resource-type";
import { badRequest, type Cause, forbidden, invalid, notFound, StatusError } from "../status";

/** Refuses a body of another kind, version or namespace than the URL's. */
export function checkEnvelope(target: Target, body: unknown): JsonObject {
  if (!isObject(body)) throw badRequest("the body of the request must be an object");
  const draft = structuredClone(body);
  const { type, version } = target;
  const apiVersion = apiVersionOf(type, version.name);
  draft.apiVersion ??= apiVersion;
  draft.kind ??= type.kind;
  if (draft.apiVersion !== apiVersion) {
    throw badRequest(
      `the API version in the data (${String(draft.apiVersion)}) does not match the expected API version (${apiVersion})`,
    );
  }
  if (draft.kind !== type.kind)
    throw badRequest(`the kind in the data (${String(draft.kind)}) does not match the expected kind (${type.kind})`);
  const metadata = ensureObject(draft, "metadata");
  if (!type.namespaced) delete metadata.namespace;
  else if (!metadata.namespace) metadata.namespace = target.namespace;
  else if (metadata.namespace !== target.namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  return draft;
}

function typeError(target: Target, issues: readonly ShapeIssue[]): StatusError {
  const list = issues.map((issue) => `${issue.field}: ${issue.message}`).join(", ");
  const causes = issues.map((issue) => ({
    reason: "FieldValueTypeInvalid",
    field: issue.field,
    message: issue.message,
  }));
  const { kind } = target.type;
  return new StatusError(
    400,
    "BadRequest",
    `${kind} in version ${JSON.stringify(target.version.name)} cannot be handled as a ${kind}: ${list}`,
    { causes },
  );
}

/** Takes unknown fields out (refusing them when strict), then fills in defaults. Changes the draft. */
export function readShape(target: Target, draft: JsonObject, options: WriteOptions): void {
  const issues = target.version.shape.clean(draft);
  const wrongTypes = issues.filter((issue) => issue.sort === "type");
  if (wrongTypes.length > 0 && !target.type.custom) throw typeError(target, wrongTypes);
  const unknown = issues.filter((issue) => issue.sort === "unknown").map((issue) => issue.message);
  if (unknown.length > 0 && options.fieldValidation === "Strict") {
    throw badRequest(
      `${target.type.kind} in version ${JSON.stringify(target.version.name)} cannot be handled as a ${target.type.kind}: strict decoding error: ${unknown.join(", ")}`,
    );
  }
  if (options.fieldValidation === "Warn") for (const message of unknown) options.warn(message);
  if (target.version.deprecation !== null) options.warn(target.version.deprecation);
  target.version.shape.fill(draft);
}

/** Metadata of a new object. */
export function bornMetadata(cluster: Cluster, target: Target, draft: JsonObject): void {
  const metadata = ensureObject(draft, "metadata");
  if (metadata.resourceVersion) throw badRequest("resourceVersion should not be set on objects to be created");
  for (const field of [
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "selfLink",
    "managedFields",
    "generation",
    "resourceVersion",
  ]) {
    delete metadata[field];
  }
  metadata.uid = cluster.newUid();
  metadata.creationTimestamp = timestamp(cluster.clock());
  if (target.type.behaviour.generation) metadata.generation = 1;
}

const KEPT = [
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "generation",
  "name",
  "namespace",
];

/** Metadata the API alone decides, as `old` has it. */
export function keepMetadata(draft: JsonObject, old: Stored): void {
  const metadata = ensureObject(draft, "metadata");
  for (const field of KEPT) {
    const before = at(old, "metadata", field);
    if (before === undefined) delete metadata[field];
    else metadata[field] = before as Json;
  }
  delete metadata.selfLink;
}

/** Whether two objects differ in anything a generation counts. */
export function specChanged(draft: JsonObject, old: Stored): boolean {
  const fields = new Set([...Object.keys(draft), ...Object.keys(old)]);
  for (const field of ["metadata", "status", "apiVersion", "kind"]) fields.delete(field);
  return [...fields].some((field) => !deepEqual(draft[field], old[field]));
}

export function validateNew(target: Target, draft: JsonObject): void {
  const { behaviour } = target.type;
  const causes = [
    ...metadataCauses(draft, behaviour.nameRule),
    ...target.version.shape.check(draft),
    ...(behaviour.validate?.(draft) ?? []),
  ];
  refuseIf(target, draft, causes);
}

export function validateChange(target: Target, draft: JsonObject, old: Stored): void {
  const { behaviour } = target.type;
  const whole = [...metadataCauses(draft, behaviour.nameRule), ...target.version.shape.check(draft)];
  const rules =
    target.subresource === ""
      ? [...(behaviour.validate?.(draft) ?? []), ...(behaviour.validateUpdate?.(draft, old) ?? [])]
      : [];
  refuseIf(target, draft, [...whole, ...rules]);
}

function refuseIf(target: Target, draft: JsonObject, causes: readonly Cause[]): void {
  if (causes.length > 0) throw invalid(target.type.group, target.type.kind, textAt(draft, "metadata", "name"), causes);
}

const NAMESPACES = { group: "", plural: "namespaces" };

/** An object can only come into a namespace that is there and stays. */
export function checkNamespace(cluster: Cluster, target: Target, name: string): void {
  if (!target.type.namespaced) return;
  const namespace = cluster.store.get(NAMESPACES, "", target.namespace);
  if (namespace === null) throw notFound(NAMESPACES, target.namespace);
  if (namespace.metadata.deletionTimestamp !== undefined) {
    throw forbidden(
      target.type,
      name,
      `unable to create new content in namespace ${target.namespace} because it is being terminated`,
      {
        reason: "NamespaceTerminating",
        field: "metadata.namespace",
        message: `namespace ${target.namespace} is being terminated`,
      },
    );
  }
}

/** The draft in the version objects rest in. */
export function forStorage(target: Target, draft: JsonObject): JsonObject {
  toStorage(target.type, draft);
  return draft;
}
