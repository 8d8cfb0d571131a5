/** GET of one object and of lists. */
import type { Cluster, Target } from "../cluster";
import type { Stored } from "../object";
import { fieldTest } from "../select/fields";
import { labelTest } from "../select/labels";
import { expired, StatusError } from "../status";
import { objectKey } from "../store/store";
import { existing } from "./update";

export interface Selection {
  readonly labelSelector: string;
  readonly fieldSelector: string;
}

export interface ListOptions extends Selection {
  /** 0: all. */
  readonly limit: number;
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
}

export interface Listed {
  readonly items: readonly Stored[];
  readonly resourceVersion: string;
  readonly continueToken: string;
  readonly remaining: number;
}

export const ALL: ListOptions = {
  labelSelector: "",
  fieldSelector: "",
  limit: 0,
  continueToken: "",
  resourceVersion: "",
  resourceVersionMatch: "",
};

/** Whether an object is among those asked for. Throws a 400 for a selector that cannot be read. */
export function selectionTest(target: Target, selection: Selection): (object: Stored) => boolean {
  const labels = selection.labelSelector === "" ? null : labelTest(selection.labelSelector);
  const fields = selection.fieldSelector === "" ? null : fieldTest(target.type, selection.fieldSelector);
  return (object) =>
    (target.namespace === "" || object.metadata.namespace === target.namespace || !target.type.namespaced) &&
    (target.name === "" || object.metadata.name === target.name) &&
    (labels === null || labels(object.metadata.labels ?? {})) &&
    (fields === null || fields(object));
}

interface Token {
  readonly revision: number;
  readonly after: string;
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function readToken(text: string): Token {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    const { revision, after } = read as Partial<Token>;
    if (typeof revision === "number" && typeof after === "string") return { revision, after };
  } catch {
    // Falls through to the one answer for every token that is not ours.
  }
  throw new StatusError(400, "BadRequest", "continue key is not valid: start again without it");
}

/** A revision this API has not reached: the client spoke to another one, or this one lost its last writes. */
export function checkFuture(cluster: Cluster, resourceVersion: string): void {
  if (resourceVersion === "" || resourceVersion === "0") return;
  const asked = Number(resourceVersion);
  if (!Number.isSafeInteger(asked) || asked < 0)
    throw new StatusError(400, "BadRequest", `resourceVersion: Invalid value: ${JSON.stringify(resourceVersion)}`);
  if (asked <= cluster.store.revision) return;
  const message = `Too large resource version: ${asked}, current: ${cluster.store.revision}`;
  throw new StatusError(504, "Timeout", message, {
    causes: [{ reason: "ResourceVersionTooLarge", field: "", message: "Too large resource version" }],
    retryAfterSeconds: 1,
  });
}

/** A page of a list. Pages after the first may see later changes; they keep the first page's resourceVersion, so a watch from it misses none. */
export function listObjects(cluster: Cluster, target: Target, options: ListOptions): Listed {
  const token = options.continueToken === "" ? null : readToken(options.continueToken);
  if (token === null) checkFuture(cluster, options.resourceVersion);
  if (options.resourceVersionMatch === "Exact" && options.resourceVersion !== String(cluster.store.revision)) {
    throw expired(
      `the list of resourceVersion ${options.resourceVersion} is no longer kept: list without resourceVersionMatch=Exact`,
    );
  }
  if (token !== null && !cluster.store.keeps(target.type, token.revision)) {
    throw expired("the provided continue parameter is too old: list again from the start");
  }
  const test = selectionTest(target, options);
  const revision = token?.revision ?? cluster.store.revision;
  const items: Stored[] = [];
  let remaining = 0;
  let more = "";
  for (const object of cluster.store.list(target.type, range(target, token))) {
    if (!test(object)) continue;
    const last = items.at(-1);
    if (options.limit > 0 && items.length === options.limit && last !== undefined) {
      more = writeToken({ revision, after: objectKey(last) });
      remaining += 1;
    } else items.push(object);
  }
  return { items, resourceVersion: String(revision), continueToken: more, remaining };
}

function range(target: Target, token: Token | null): { namespace?: string; afterKey?: string } {
  return {
    ...(target.type.namespaced && target.namespace !== "" ? { namespace: target.namespace } : {}),
    ...(token === null ? {} : { afterKey: token.after }),
  };
}

export function getObject(cluster: Cluster, target: Target, resourceVersion = ""): Stored {
  checkFuture(cluster, resourceVersion);
  return existing(cluster, target);
}
