/** The kinds the API serves now: built-in ones and those of the CustomResourceDefinitions that are loaded. */
import { type ResourceType, type ServedVersion, typeKey } from "./resource-type";
import type { Named } from "./status";

export interface Registry {
  find(group: string, version: string, plural: string): { type: ResourceType; version: ServedVersion } | null;
  /** The type of that group and kind, whatever the version. */
  ofKind(group: string, kind: string): ResourceType | null;
  get(named: Named): ResourceType | null;
  set(type: ResourceType): void;
  remove(named: Named): void;
  all(): readonly ResourceType[];
  /** Goes up with every change: caches of discovery and OpenAPI hang on it. */
  readonly generation: number;
}

export function createRegistry(builtins: readonly ResourceType[]): Registry {
  const types = new Map<string, ResourceType>(builtins.map((type) => [typeKey(type), type]));
  let generation = 1;
  return {
    find(group, version, plural) {
      const type = types.get(typeKey({ group, plural }));
      const served = type?.versions.find((one) => one.name === version);
      return type === undefined || served === undefined ? null : { type, version: served };
    },
    ofKind(group, kind) {
      for (const type of types.values()) if (type.group === group && type.kind === kind) return type;
      return null;
    },
    get: (named) => types.get(typeKey(named)) ?? null,
    set(type) {
      types.set(typeKey(type), type);
      generation += 1;
    },
    remove(named) {
      if (types.delete(typeKey(named))) generation += 1;
    },
    all: () => [...types.values()],
    get generation() {
      return generation;
    },
  };
}
