/** All objects, one revision over all of them, and who is told of each change. Knows nothing of kinds' rules. */
import { deepFreeze, type JsonObject, type Stored } from "../object";
import { typeKey } from "../resource-type";
import type { Named } from "../status";
import { createRing, type Ring, type StoreEvent } from "./ring";

interface Table {
  readonly objects: Map<string, Stored>;
  /** Keys in order, or null after one came or went. */
  order: readonly string[] | null;
  readonly ring: Ring;
  readonly listeners: Set<(event: StoreEvent) => void>;
}

export interface Store {
  readonly revision: number;
  get(type: Named, namespace: string, name: string): Stored | null;
  /** In order of namespace and name, from after `afterKey` on. */
  list(type: Named, range?: { namespace?: string; afterKey?: string }): Iterable<Stored>;
  /** Stores the draft, which becomes frozen, under the next revision. */
  put(type: Named, draft: JsonObject): Stored;
  remove(type: Named, object: Stored): Stored;
  /** Calls back with the kept events after `revision` and then every new one. Null when those are no longer kept. */
  follow(
    type: Named,
    revision: number,
    listener: (event: StoreEvent) => void,
  ): { stop: () => void; past: readonly StoreEvent[] } | null;
  /** Whether every event after that revision is still known. */
  keeps(type: Named, revision: number): boolean;
  /** Every change of every kind. */
  onChange(listener: (type: Named, event: StoreEvent) => void): void;
  /** All tables, for the snapshot. */
  tables(): Iterable<readonly [key: string, objects: Iterable<Stored>]>;
}

export interface StoreContent {
  readonly revision: number;
  readonly tables: ReadonlyMap<string, readonly JsonObject[]>;
}

export function objectKey(object: { metadata: { namespace?: string; name: string } }): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

function asStored(draft: JsonObject): Stored {
  return deepFreeze(draft) as unknown as Stored;
}

export function createStore(content: StoreContent): Store {
  const tables = new Map<string, Table>();
  const listeners: ((type: Named, event: StoreEvent) => void)[] = [];
  let revision = content.revision;

  function table(key: string): Table {
    const found = tables.get(key);
    if (found !== undefined) return found;
    const made = {
      objects: new Map(),
      order: null,
      ring: createRing(content.revision),
      listeners: new Set<(event: StoreEvent) => void>(),
    };
    tables.set(key, made);
    return made;
  }

  for (const [key, objects] of content.tables) {
    for (const object of objects) {
      const stored = asStored(object);
      table(key).objects.set(objectKey(stored), stored);
    }
  }

  function tell(type: Named, into: Table, event: StoreEvent): void {
    into.ring.add(event);
    for (const listener of [...into.listeners]) listener(event);
    for (const listener of listeners) listener(type, event);
  }

  function ordered(from: Table): readonly string[] {
    // NUL sorts below every character of a name, so that "a/x" comes before "a-b/x", as keys of a namespace belong together.
    from.order ??= [...from.objects.keys()].sort((a, b) => (a.replace("/", "\0") < b.replace("/", "\0") ? -1 : 1));
    return from.order;
  }

  return {
    get revision() {
      return revision;
    },
    get: (type, namespace, name) => table(typeKey(type)).objects.get(`${namespace}/${name}`) ?? null,
    *list(type, range = {}) {
      const from = table(typeKey(type));
      const after = range.afterKey?.replace("/", "\0");
      for (const key of ordered(from)) {
        if (range.namespace !== undefined && !key.startsWith(`${range.namespace}/`)) continue;
        if (after !== undefined && key.replace("/", "\0") <= after) continue;
        const object = from.objects.get(key);
        if (object !== undefined) yield object;
      }
    },
    put(type, draft) {
      const into = table(typeKey(type));
      revision += 1;
      (draft.metadata as JsonObject).resourceVersion = String(revision);
      const object = asStored(draft);
      const key = objectKey(object);
      const previous = into.objects.get(key) ?? null;
      into.objects.set(key, object);
      if (previous === null) into.order = null;
      tell(type, into, { type: previous === null ? "ADDED" : "MODIFIED", object, previous, revision });
      return object;
    },
    remove(type, object) {
      const from = table(typeKey(type));
      from.objects.delete(objectKey(object));
      from.order = null;
      revision += 1;
      const last = Object.freeze({
        ...object,
        metadata: Object.freeze({ ...object.metadata, resourceVersion: String(revision) }),
      });
      tell(type, from, { type: "DELETED", object: last, previous: object, revision });
      return last;
    },
    follow(type, after, listener) {
      const from = table(typeKey(type));
      const past = from.ring.after(after);
      if (past === null) return null;
      from.listeners.add(listener);
      return { past, stop: () => void from.listeners.delete(listener) };
    },
    keeps: (type, after) => table(typeKey(type)).ring.after(after) !== null,
    onChange: (listener) => void listeners.push(listener),
    *tables() {
      for (const [key, { objects }] of tables) yield [key, objects.values()] as const;
    },
  };
}
