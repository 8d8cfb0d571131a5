/** Total readers of unknown JSON, and the one order everything in a model is sorted by. */
import { isRecord, type Json } from "@/lib/smi/body";

export type { Json };

const NOTHING: Json = {};

/** The value as a record; an empty one when it is something else. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : NOTHING;
}

/** The value as a list of records; what is none is left out. */
export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The value as a text that is not empty, else null. */
export function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The value as a port number, else null. */
export function portNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65535 ? value : null;
}

export interface Named {
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly key: string;
}

/** Name and namespace of a namespaced object, null when either is missing. */
export function named(object: unknown): Named | null {
  const metadata = record(record(object).metadata);
  const name = text(metadata.name);
  const namespace = text(metadata.namespace);
  return name === null || namespace === null ? null : { namespace, name, key: `${namespace}/${name}` };
}

/** By code unit: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The record's own value: a key that comes from outside may be the name of something every object inherits. */
export function own<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

/** A record with its keys sorted. */
export function sortedRecord<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)));
}

/** The distinct texts, sorted. */
export function sortedSet(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort(compareText);
}

/** Items by what `keyOf` says of them, groups and items in the order they come. */
export function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
