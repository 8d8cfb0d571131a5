/** DELETE of one object or of many. */
import { type Cluster, type Target, timestamp, type WriteOptions } from "../cluster";
import { at, ensureObject, finalizersOf, isObject, type JsonObject, type Stored, textAt, thaw } from "../object";
import { badRequest, conflict, forbidden, notFound } from "../status";
import { existing } from "./update";

export interface DeleteOptions {
  /** Null: the kind decides. */
  readonly gracePeriodSeconds: number | null;
  readonly propagationPolicy: "Background" | "Foreground" | "Orphan";
  readonly uid: string;
  readonly resourceVersion: string;
}

export interface Deleted {
  readonly object: Stored;
  /** False: it goes once its finalizers are done or its grace is over. */
  readonly gone: boolean;
}

export const DEFAULT_DELETE: DeleteOptions = {
  gracePeriodSeconds: null,
  propagationPolicy: "Background",
  uid: "",
  resourceVersion: "",
};

const POLICIES = ["Background", "Foreground", "Orphan"] as const;

/** Reads the DeleteOptions of a body, which may be empty. */
export function deleteOptionsOf(body: unknown): DeleteOptions {
  if (!isObject(body)) return DEFAULT_DELETE;
  const grace = body.gracePeriodSeconds;
  const asked = textAt(body, "propagationPolicy");
  const policy = POLICIES.find((one) => one === asked);
  if (asked !== "" && policy === undefined)
    throw badRequest(`propagationPolicy must be one of ${POLICIES.join(", ")}, is ${JSON.stringify(asked)}`);
  if (grace !== undefined && grace !== null && (typeof grace !== "number" || grace < 0))
    throw badRequest("gracePeriodSeconds must be 0 or more");
  return {
    gracePeriodSeconds: typeof grace === "number" ? grace : null,
    propagationPolicy: policy ?? (body.orphanDependents === true ? "Orphan" : "Background"),
    uid: textAt(body, "preconditions", "uid"),
    resourceVersion: textAt(body, "preconditions", "resourceVersion"),
  };
}

function checkPreconditions(target: Target, present: Stored, options: DeleteOptions): void {
  const pairs = [
    ["UID", options.uid, present.metadata.uid],
    ["ResourceVersion", options.resourceVersion, present.metadata.resourceVersion],
  ] as const;
  for (const [what, wanted, actual] of pairs) {
    if (wanted !== "" && wanted !== actual) {
      throw conflict(
        target.type,
        target.name,
        `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${actual ?? ""}). The object might have been deleted and then recreated`,
      );
    }
  }
}

const PROTECTED = new Set(["default", "kube-system", "kube-public"]);

function isNamespace(target: Target): boolean {
  return target.type.group === "" && target.type.plural === "namespaces";
}

/** Marks a draft as being deleted; a second, shorter grace wins over the first. */
function mark(cluster: Cluster, target: Target, draft: JsonObject, options: DeleteOptions, grace: number): void {
  const metadata = ensureObject(draft, "metadata");
  const before = metadata.deletionGracePeriodSeconds;
  const seconds = typeof before === "number" ? Math.min(before, grace) : grace;
  if (metadata.deletionTimestamp === undefined || (typeof before === "number" && seconds < before)) {
    metadata.deletionTimestamp = timestamp(new Date(cluster.clock().getTime() + seconds * 1000));
    metadata.deletionGracePeriodSeconds = seconds;
  }
  const finalizers = finalizersOf(draft).filter((one) => one !== "orphan" && one !== "foregroundDeletion");
  if (options.propagationPolicy === "Orphan") finalizers.push("orphan");
  if (options.propagationPolicy === "Foreground") finalizers.push("foregroundDeletion");
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
  if (isNamespace(target)) draft.status = { ...(isObject(draft.status) ? draft.status : {}), phase: "Terminating" };
}

function holds(target: Target, draft: JsonObject): boolean {
  const apis = isNamespace(target) ? at(draft, "spec", "finalizers") : undefined;
  return finalizersOf(draft).length > 0 || (Array.isArray(apis) && apis.length > 0);
}

/** Deletes now, or marks the object so that its finalizers, its runner or the namespace's end take it away. */
export async function deleteObject(
  cluster: Cluster,
  target: Target,
  options: DeleteOptions,
  write: WriteOptions,
): Promise<Deleted> {
  if (isNamespace(target) && PROTECTED.has(target.name))
    throw forbidden(target.type, target.name, "this namespace may not be deleted");
  const first = existing(cluster, target);
  checkPreconditions(target, first, options);
  await cluster.admission.validate({ operation: "DELETE", target, object: null, old: first }, write);
  const present = cluster.store.get(target.type, target.type.namespaced ? target.namespace : "", target.name);
  if (present === null) throw notFound(target.type, target.name);
  checkPreconditions(target, present, options);

  const grace = target.type.behaviour.graceSeconds?.(present, options.gracePeriodSeconds) ?? 0;
  const draft = thaw(present);
  mark(cluster, target, draft, options, grace);
  if (grace === 0 && !holds(target, draft)) {
    return { object: write.dryRun ? present : cluster.store.remove(target.type, present), gone: true };
  }
  const already = present.metadata.deletionTimestamp === textAt(draft, "metadata", "deletionTimestamp");
  const unchanged = already && finalizersOf(present).join() === finalizersOf(draft).join();
  if (write.dryRun || unchanged) return { object: unchanged ? present : (draft as unknown as Stored), gone: false };
  if (target.type.behaviour.generation) {
    const metadata = ensureObject(draft, "metadata");
    metadata.generation = (typeof metadata.generation === "number" ? metadata.generation : 0) + 1;
  }
  return { object: cluster.store.put(target.type, draft), gone: false };
}
