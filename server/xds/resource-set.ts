import type { Resource } from "./resource";

/** Resources by name. Immutable: a changed set is a new one, an unchanged one is the same object. */
export type ResourceSet = ReadonlyMap<string, Resource>;

export interface SetChange {
  readonly changed: readonly Resource[];
  readonly removed: readonly string[];
}

const NOTHING: SetChange = { changed: [], removed: [] };
const EMPTY: ResourceSet = new Map();
/** Proxies of one identity share their sets, so a change is worked out once for all of them. */
const changes = new WeakMap<ResourceSet, WeakMap<ResourceSet, SetChange>>();

/** What makes `after` of `before`. */
export function changeOf(before: ResourceSet, after: ResourceSet): SetChange {
  if (before === after) return NOTHING;
  let known = changes.get(before);
  if (!known) {
    known = new WeakMap();
    changes.set(before, known);
  }
  let change = known.get(after);
  if (!change) {
    change = {
      changed: [...after.values()].filter((resource) => before.get(resource.name)?.version !== resource.version),
      removed: [...before.keys()].filter((name) => !after.has(name)),
    };
    known.set(after, change);
  }
  return change;
}

/**
 * Everything of one type that a proxy gets: a part shared by its identity and a part of its own pod. Names do not
 * overlap.
 */
export class ResourceView {
  static readonly empty = new ResourceView([]);

  constructor(private readonly parts: readonly ResourceSet[]) {}

  isOf(parts: readonly ResourceSet[]): boolean {
    return parts.length === this.parts.length && parts.every((part, i) => part === this.parts[i]);
  }

  get(name: string): Resource | undefined {
    for (const part of this.parts) {
      const found = part.get(name);
      if (found) return found;
    }
    return undefined;
  }

  *all(): Iterable<Resource> {
    for (const part of this.parts) yield* part.values();
  }

  /** What changed since `earlier`, of which this is the successor. */
  since(earlier: ResourceView): SetChange {
    const all = this.parts.map((part, i) => changeOf(earlier.parts[i] ?? EMPTY, part));
    const gone = earlier.parts.slice(this.parts.length).flatMap((part) => [...part.keys()]);
    const some = all.filter((change) => change !== NOTHING);
    if (some.length === 0 && gone.length === 0) return NOTHING;
    return {
      changed: some.flatMap((change) => change.changed),
      removed: [...some.flatMap((change) => change.removed), ...gone].filter((name) => !this.get(name)),
    };
  }
}
