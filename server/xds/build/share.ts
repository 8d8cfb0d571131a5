/**
 * `next` with every part that equals the same part of `previous` replaced by that very part. So "did this change?" is
 * `===` from here on, whoever made `next` and however much of it anew. Both are plain data and are not modified.
 */
export function shareEqual<T>(previous: unknown, next: T): T {
  if (previous === next || !isContainer(previous) || !isContainer(next)) return next;
  if (Array.isArray(next)) return Array.isArray(previous) ? (shareArray(previous, next) as T) : next;
  return Array.isArray(previous) ? next : (shareRecord(previous, next) as T);
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  let same = previous.length === next.length;
  const shared = next.map((value, i) => {
    const kept = shareEqual(previous[i], value);
    if (kept !== previous[i]) same = false;
    return kept;
  });
  return same ? previous : shared;
}

function shareRecord(previous: Plain, next: Plain): Plain {
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(previous).length;
  const shared: Record<string, unknown> = {};
  for (const name of keys) {
    const kept = shareEqual(previous[name], next[name]);
    if (kept !== previous[name] || !Object.hasOwn(previous, name)) same = false;
    shared[name] = kept;
  }
  return same ? previous : shared;
}

type Plain = Readonly<Record<string, unknown>>;

function isContainer(value: unknown): value is Plain {
  return typeof value === "object" && value !== null;
}
