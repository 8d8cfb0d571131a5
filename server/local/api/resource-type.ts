/** One kind of objects the API serves: its names, versions and what is special about it. */
import type { JsonObject, Stored } from "./object";
import type { Cause, Named } from "./status";

/** Found while reading a body against a type. `unknown` fields were taken out, `type` errors stop the request. */
export interface ShapeIssue {
  readonly sort: "unknown" | "type";
  /** `spec.ports[0].port` */
  readonly field: string;
  readonly message: string;
}

/** The fields of a kind in one version. */
export interface Shape {
  /** Takes unknown fields out of the draft, coerces nothing, and says what it found. */
  clean(draft: JsonObject): ShapeIssue[];
  /** Fills in defaults. */
  fill(draft: JsonObject): void;
  /** What the schema itself says is wrong. Empty: nothing. */
  check(object: JsonObject): Cause[];
}

/** A column of the table that `kubectl get` prints. */
export interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "number" | "boolean" | "date";
  readonly format: string;
  readonly description: string;
  /** 0 is always shown, 1 only with `-o wide`. */
  readonly priority: number;
  readonly cell: (object: Stored, now: Date) => string | number | boolean | null;
}

/** Field paths (`["spec", "replicas"]`) a scale subresource reads and writes. */
export interface ScalePaths {
  readonly specReplicas: readonly string[];
  readonly statusReplicas: readonly string[];
  /** A selector: a label query in text at this path, or a label selector object. */
  readonly selector: readonly string[];
}

export interface ServedVersion {
  readonly name: string;
  readonly shape: Shape;
  readonly columns: readonly Column[];
  readonly hasStatus: boolean;
  readonly scale: ScalePaths | null;
  /** Said in a warning to whoever uses this version. */
  readonly deprecation: string | null;
}

/** What a kind does beside being stored. Drafts may be written into; `old` may not. */
export interface Behaviour {
  /** `metadata.generation` counts changes outside metadata and status. */
  readonly generation: boolean;
  /** A name's rule: what is wrong with it, or null. */
  readonly nameRule: (name: string) => string | null;
  /** Fields a field selector may name beside metadata.name and metadata.namespace. */
  readonly selectableFields: Readonly<Record<string, (object: Stored) => string>>;
  /** Before an object is stored for the first time. */
  readonly prepareCreate?: (draft: JsonObject) => void;
  /** Before an object replaces `old`. Not for subresources. */
  readonly prepareUpdate?: (draft: JsonObject, old: Stored) => void;
  readonly validate?: (object: JsonObject) => Cause[];
  readonly validateUpdate?: (object: JsonObject, old: Stored) => Cause[];
  /** Seconds until a deleted object may go, when the request does not say. 0: at once. */
  readonly graceSeconds?: (object: Stored, asked: number | null) => number;
  /** A PUT without resourceVersion is allowed. */
  readonly unconditionalUpdate: boolean;
}

export interface ResourceType extends Named {
  readonly kind: string;
  readonly listKind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** The served ones, the preferred first. */
  readonly versions: readonly ServedVersion[];
  /** Objects at rest carry this one. */
  readonly storageVersion: string;
  readonly behaviour: Behaviour;
  /** Defined by a CustomResourceDefinition. */
  readonly custom: boolean;
  /** Name of the type in the type table; empty for custom resources. */
  readonly typeName: string;
}

/** `v1`, `apps/v1` */
export function apiVersionOf(type: Named, version: string): string {
  return type.group === "" ? version : `${type.group}/${version}`;
}

/** Key of a type in maps: `pods.`, `deployments.apps`. */
export function typeKey(type: Named): string {
  return `${type.plural}.${type.group}`;
}
