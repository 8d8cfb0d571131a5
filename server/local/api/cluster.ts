/** What every verb works on, and what one is asked. */
import type { Admission } from "./admission/admission";
import type { JsonObject, Stored } from "./object";
import type { Registry } from "./registry";
import { apiVersionOf, type ResourceType, type ServedVersion } from "./resource-type";
import type { Store } from "./store/store";
import { LOCAL_ADMIN, type UserInfo } from "./user";

export interface ApiLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface Cluster {
  readonly store: Store;
  readonly registry: Registry;
  readonly admission: Admission;
  readonly clock: () => Date;
  readonly newUid: () => string;
  readonly log: ApiLog;
}

/** Which objects a request is about. `namespace` is empty for all of them and for kinds without one. */
export interface Target {
  readonly type: ResourceType;
  readonly version: ServedVersion;
  readonly namespace: string;
  readonly name: string;
  /** `status`, `scale`, `finalize`, or empty. */
  readonly subresource: string;
}

export interface WriteOptions {
  readonly dryRun: boolean;
  /** Strict refuses unknown fields, Warn says so, Ignore drops them silently. */
  readonly fieldValidation: "Strict" | "Warn" | "Ignore";
  /** Goes into a Warning header, or to the log. */
  readonly warn: (text: string) => void;
  /** Who writes: an entry of managedFields. */
  readonly manager: string;
  /** On whose behalf: webhooks are told. */
  readonly user: UserInfo;
}

/** The options of what the API writes by itself. */
export function systemWrite(cluster: Cluster, manager: string): WriteOptions {
  return {
    dryRun: false,
    fieldValidation: "Ignore",
    manager,
    warn: (text) => cluster.log.warn({ text }, "the API is warned of its own write"),
    user: LOCAL_ADMIN,
  };
}

/** RFC 3339 in whole seconds, as Kubernetes writes times. */
export function timestamp(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

/** The object as that version shows it. Conversion strategy is None: only apiVersion differs. */
export function asVersion(type: ResourceType, version: string, object: Stored): Stored {
  const apiVersion = apiVersionOf(type, version);
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}

export function toStorage(type: ResourceType, draft: JsonObject): void {
  draft.apiVersion = apiVersionOf(type, type.storageVersion);
  draft.kind = type.kind;
}
