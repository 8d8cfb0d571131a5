/**
 * The objects a reader may list, out of those that are watched. Lists that stay the same stay the same array, frozen, so
 * that what was translated of them is not translated again.
 */
import { IGNORE_LABEL, MONITORED_BY_LABEL, SIDECAR_INJECTION_ANNOTATION } from "@/lib/kube/names";
import type { KubeObject, Namespace, ServiceAccount } from "@/lib/kube/objects";
import { key, parseKey } from "@/lib/kube/refs";
import type { MeshObjects } from "@/lib/mesh/input";
import type { MeshModel } from "@/lib/mesh/model";
import { readSmi } from "@/lib/smi/read";
import { type MeshKind, mayRead, type Scope } from "./scope";

export interface LimitedObjects {
  readonly objects: MeshObjects;
  /** Namespaces that are among them only because the reader's own policy names somebody there. */
  readonly peers: ReadonlySet<string>;
}

type Lists = { -readonly [Kind in keyof MeshObjects]: MeshObjects[Kind] };

export class ObjectFilter {
  readonly #scope: Scope;
  #last: MeshObjects | null = null;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** `model`: of all objects; it says which identities that policy names there are. */
  read(all: MeshObjects, model: MeshModel): LimitedObjects {
    const own = Object.fromEntries(
      Object.entries(all).map(([kind, list]) => [kind, this.list(kind as keyof MeshObjects, list)]),
    ) as unknown as Lists;
    const strangers = namedIdentities(own.trafficTargets, model).filter(
      (identity) => !own.serviceAccounts.some(({ metadata }) => identity === nameOf(metadata)),
    );
    const shown = namespacesIn(own);
    const peers = new Set(strangers.map((one) => parseKey(one).namespace).filter((name) => !shown.has(name)));
    const known = new Set(own.namespaces.map(({ metadata }) => metadata.name));
    const bare = all.namespaces.filter(
      ({ metadata: { name } }) => !known.has(name) && (shown.has(name) || peers.has(name)),
    );
    own.namespaces = [...own.namespaces, ...bare.map(bareNamespace)];
    own.serviceAccounts = [...own.serviceAccounts, ...strangers.map(bareAccount)];
    return { objects: this.#settled(own), peers };
  }

  /** Those of one kind, in their order. The same list when all may be read. */
  list<T extends KubeObject>(kind: MeshKind, list: readonly T[]): readonly T[] {
    if (this.#scope[kind] === "everywhere") return list;
    const place = ({ namespace, name }: KubeObject["metadata"]) => (kind === "namespaces" ? name : (namespace ?? ""));
    return list.filter(({ metadata }) => mayRead(this.#scope, kind, place(metadata)));
  }

  #settled(lists: Lists): MeshObjects {
    const last = this.#last;
    const kept = Object.fromEntries(
      Object.entries(lists).map(([kind, list]) => [kind, settled(last?.[kind as keyof MeshObjects], list)]),
    ) as unknown as MeshObjects;
    const same =
      last !== null && Object.entries(kept).every(([kind, list]) => last[kind as keyof MeshObjects] === list);
    this.#last = same ? last : kept;
    return this.#last;
  }
}

/** `before` when it has the same members. */
function settled(before: readonly KubeObject[] | undefined, now: readonly KubeObject[]): readonly KubeObject[] {
  if (before?.length === now.length && now.every((object, index) => object === before[index])) return before;
  return Object.freeze(now);
}

/** What the reader's TrafficTargets name and the mesh has. */
function namedIdentities(targets: readonly KubeObject[], model: MeshModel): readonly string[] {
  const named = new Set<string>();
  for (const target of targets) {
    const reading = readSmi(target);
    if (!reading.ok || reading.value.kind !== "TrafficTarget") continue;
    for (const source of reading.value.sources)
      if (Object.hasOwn(model.identities, key(source))) named.add(key(source));
  }
  return [...named].sort();
}

function namespacesIn({ namespaces: _, ...lists }: MeshObjects): ReadonlySet<string> {
  const names = Object.values(lists).flatMap((list: readonly KubeObject[]) =>
    list.map(({ metadata }) => metadata.namespace ?? ""),
  );
  return new Set(names);
}

const bareNamespaces = new WeakMap<Namespace, Namespace>();

/** Its name and whether it is in the mesh: what every pod in it tells as well. */
function bareNamespace(namespace: Namespace): Namespace {
  const { apiVersion, kind, metadata } = namespace;
  const made = bareNamespaces.get(namespace) ?? {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      labels: only(metadata.labels, [MONITORED_BY_LABEL, IGNORE_LABEL]),
      annotations: only(metadata.annotations, [SIDECAR_INJECTION_ANNOTATION]),
    },
  };
  bareNamespaces.set(namespace, made);
  return made;
}

function only(values: Readonly<Record<string, string>> | undefined, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => names.includes(name)));
}

const bareAccounts = new Map<string, ServiceAccount>();
const MOST_ACCOUNTS = 5_000;

/** Its name alone. The same object each time: lists of them stay the same. */
function bareAccount(identity: string): ServiceAccount {
  const known = bareAccounts.get(identity);
  if (known) return known;
  if (bareAccounts.size >= MOST_ACCOUNTS) bareAccounts.clear();
  const made: ServiceAccount = { apiVersion: "v1", kind: "ServiceAccount", metadata: parseKey(identity) };
  bareAccounts.set(identity, made);
  return made;
}

function nameOf({ namespace = "", name }: KubeObject["metadata"]): string {
  return key({ namespace, name });
}
