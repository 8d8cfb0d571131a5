/** One object to write: as it is now, and as it should be. */
import type { NeededRight } from "@/components/data/use-missing-rights";
import type { SmiChange } from "@/components/data/use-smi";
import { WRITE_KINDS } from "@/lib/contract/rights";
import type { SmiPlural } from "@/lib/contract/smi-plurals";
import type { WhatIfChange } from "@/lib/contract/what-if";
import type { KubeObject } from "@/lib/kube/objects";

export interface ObjectChange {
  /** null: it is new. */
  readonly base: KubeObject | null;
  /** null: delete it. */
  readonly put: KubeObject | null;
}

const PLURALS: Readonly<Record<string, SmiPlural>> = {
  TrafficSplit: "trafficsplits",
  TrafficTarget: "traffictargets",
  HTTPRouteGroup: "httproutegroups",
  TCPRoute: "tcproutes",
};

/** The plural in URLs; null for a kind that is no SMI policy. */
export function pluralOf(kind: string): SmiPlural | null {
  return PLURALS[kind] ?? null;
}

/** `TrafficTarget bookstore/bookstore-v1`. */
export function nameOf({ base, put }: ObjectChange): string {
  const object = put ?? base;
  return object ? `${object.kind} ${object.metadata.namespace ?? "?"}/${object.metadata.name}` : "nothing";
}

/** The write that makes the change; null when its kind cannot be written here or there is nothing to do. */
export function writeOf({ base, put }: ObjectChange, dryRun: boolean): SmiChange | null {
  const object = put ?? base;
  const plural = object ? pluralOf(object.kind) : null;
  if (!object || !plural) return null;
  if (!put) return { verb: "delete", plural, object, dryRun };
  return { verb: base ? "replace" : "create", plural, object: put, dryRun };
}

/** The right the write of a change takes; none for what is not written here. */
export function rightsOf(change: ObjectChange): readonly NeededRight[] {
  const write = writeOf(change, false);
  const kind = WRITE_KINDS.find((one) => one === write?.object.kind);
  const namespace = write?.object.metadata.namespace;
  if (!write || !kind || !namespace) return [];
  return [{ verb: write.verb === "replace" ? "update" : write.verb, kind, namespace }];
}

/** What the changes together would do, as a question. null: there is nothing to ask. */
export function whatIfOf(changes: readonly ObjectChange[]): WhatIfChange | null {
  const put = changes.flatMap((change) => (change.put ? [change.put] : []));
  const remove = changes.flatMap(({ base, put: kept }) =>
    base && !kept ? [{ kind: base.kind, namespace: base.metadata.namespace ?? "", name: base.metadata.name }] : [],
  );
  return put.length + remove.length > 0 ? { put, remove } : null;
}
