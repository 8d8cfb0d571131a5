/** Puts a change on top of somebody else's: what only one of both changed is kept from that one. */
import type { KubeObject } from "@/lib/kube/objects";

/**
 * `mine` as changed from `base`, on top of `theirs`. Fields that both changed, and lists that both changed, are mine: the
 * reader has seen both. The resourceVersion is theirs, so what is written is what was shown.
 */
export function onTopOf(base: KubeObject, mine: KubeObject, theirs: KubeObject): KubeObject {
  const merged = merge(base, mine, theirs) as KubeObject;
  const { resourceVersion } = theirs.metadata;
  return { ...merged, metadata: { ...merged.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) } };
}

function merge(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (same(mine, base)) return theirs;
  if (same(theirs, base) || !isRecord(mine) || !isRecord(theirs)) return mine;
  const before = isRecord(base) ? base : {};
  const fields = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  const merged = fields.map((field) => [field, merge(before[field], mine[field], theirs[field])] as const);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => same(item, b[at]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const fields = Object.keys(a);
  return fields.length === Object.keys(b).length && fields.every((field) => same(a[field], b[field]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
