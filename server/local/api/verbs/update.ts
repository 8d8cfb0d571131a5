/** PUT and PATCH: a new state for an object there is. */
import { asVersion, type Cluster, type Target, type WriteOptions } from "../cluster";
import { bad } from "../kinds/rules";
import {
  at,
  deepEqual,
  ensureObject,
  finalizersOf,
  isObject,
  type Json,
  type JsonObject,
  type Stored,
  textAt,
  thaw,
} from "../object";
import { conflict, invalid, notFound, STALE } from "../status";
import { recordManager } from "./managed-fields";
import { forStorage, keepMetadata, readShape, specChanged, validateChange } from "./prepare";

/** Makes the wanted state from the present one. */
export type Change = (present: Stored) => JsonObject;

const ATTEMPTS = 8;

export function existing(cluster: Cluster, target: Target): Stored {
  const found = cluster.store.get(target.type, target.type.namespaced ? target.namespace : "", target.name);
  if (found === null) throw notFound(target.type, target.name);
  return found;
}

/** A body that names a uid or a resourceVersion means that very object. */
function checkPreconditions(target: Target, wanted: JsonObject, present: Stored): void {
  const uid = textAt(wanted, "metadata", "uid");
  const version = textAt(wanted, "metadata", "resourceVersion");
  if (uid !== "" && uid !== present.metadata.uid) {
    throw conflict(
      target.type,
      target.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${present.metadata.uid ?? ""}`,
    );
  }
  if (version !== "" && version !== "0" && version !== present.metadata.resourceVersion)
    throw conflict(target.type, target.name, STALE);
}

/** The part of the wanted state this request may set. */
function allowedPart(target: Target, wanted: JsonObject, present: Stored): JsonObject {
  const status = target.version.hasStatus;
  if (target.subresource === "status") {
    const kept = thaw(present);
    if (wanted.status === undefined) delete kept.status;
    else kept.status = wanted.status;
    return kept;
  }
  if (target.subresource === "finalize") {
    const kept = thaw(present);
    ensureObject(kept, "spec").finalizers = (at(wanted, "spec", "finalizers") as Json | undefined) ?? [];
    return kept;
  }
  if (!status) return wanted;
  if (present.status === undefined) delete wanted.status;
  else wanted.status = structuredClone(present.status) as Json;
  return wanted;
}

/** Nothing but who wrote last would change. */
function same(draft: JsonObject, present: Stored): boolean {
  const bare = (object: unknown) => {
    const {
      managedFields: _,
      resourceVersion: __,
      ...metadata
    } = (isObject(object) && isObject(object.metadata) ? object.metadata : {}) as JsonObject;
    return { ...(object as JsonObject), metadata };
  };
  return deepEqual(bare(draft), bare(present));
}

/** A deleted object goes when its last finalizer does. */
function mayGo(draft: JsonObject, target: Target): boolean {
  const grace = at(draft, "metadata", "deletionGracePeriodSeconds");
  const waits = typeof grace === "number" && grace > 0;
  const apis = target.type.plural === "namespaces" && target.type.group === "" && at(draft, "spec", "finalizers");
  const held = Array.isArray(apis) && apis.length > 0;
  return textAt(draft, "metadata", "deletionTimestamp") !== "" && finalizersOf(draft).length === 0 && !waits && !held;
}

async function admitted(
  cluster: Cluster,
  target: Target,
  draft: JsonObject,
  present: Stored,
  options: WriteOptions,
): Promise<JsonObject> {
  const shown = asVersion(target.type, target.version.name, present);
  const mutated = await cluster.admission.mutate({ operation: "UPDATE", target, object: draft, old: shown }, options);
  readShape(target, mutated, { ...options, fieldValidation: "Ignore" });
  keepMetadata(mutated, present);
  if (target.type.behaviour.generation && specChanged(mutated, present)) {
    ensureObject(mutated, "metadata").generation = (present.metadata.generation ?? 0) + 1;
  }
  validateChange(target, mutated, present);
  await cluster.admission.validate({ operation: "UPDATE", target, object: mutated, old: shown }, options);
  return mutated;
}

/** One try. Null: somebody else was quicker, and nothing in the request forbids to try again. */
async function attempt(
  cluster: Cluster,
  target: Target,
  change: Change,
  options: WriteOptions,
): Promise<Stored | null> {
  const { type, version } = target;
  const present = existing(cluster, target);
  const wanted = change(asVersion(type, version.name, present));
  checkPreconditions(target, wanted, present);
  readShape(target, wanted, options);
  const pinned = textAt(wanted, "metadata", "resourceVersion") !== "";
  let draft = allowedPart(target, wanted, present);
  keepMetadata(draft, present);
  draft.apiVersion = asVersion(type, version.name, present).apiVersion;
  draft.kind = type.kind;
  if (target.subresource === "") type.behaviour.prepareUpdate?.(draft, present);
  draft = await admitted(cluster, target, draft, present, options);

  const now = cluster.store.get(type, type.namespaced ? target.namespace : "", target.name);
  if (now === null) throw notFound(type, target.name);
  if (now !== present) {
    if (pinned) throw conflict(type, target.name, STALE);
    return null;
  }
  forStorage(target, draft);
  if (same(draft, present)) return asVersion(type, version.name, present);
  recordManager(cluster, target, draft, present, options);
  if (options.dryRun) return asVersion(type, version.name, draft as unknown as Stored);
  if (!mayGo(draft, target)) return asVersion(type, version.name, cluster.store.put(type, draft));
  cluster.store.remove(type, present);
  return asVersion(type, version.name, draft as unknown as Stored);
}

/** Changes an object, trying again when others change it meanwhile and the request names no resourceVersion. */
export async function changeObject(
  cluster: Cluster,
  target: Target,
  change: Change,
  options: WriteOptions,
): Promise<Stored> {
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const done = await attempt(cluster, target, change, options);
    if (done !== null) return done;
  }
  throw conflict(target.type, target.name, STALE);
}

/** PUT: the body is the whole wanted state. */
export async function replaceObject(
  cluster: Cluster,
  target: Target,
  body: JsonObject,
  options: WriteOptions,
): Promise<Stored> {
  const { type } = target;
  const name = textAt(body, "metadata", "name");
  existing(cluster, target);
  if (name !== target.name)
    throw invalid(type.group, type.kind, target.name, [
      bad("metadata.name", name, `must be ${target.name}, as in the URL`),
    ]);
  if (textAt(body, "metadata", "resourceVersion") === "" && !type.behaviour.unconditionalUpdate) {
    throw invalid(type.group, type.kind, name, [bad("metadata.resourceVersion", 0, "must be specified for an update")]);
  }
  return changeObject(cluster, target, () => structuredClone(body), options);
}
