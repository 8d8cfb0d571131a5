/**
 * `next` with every part that equals the same part of `previous` replaced by that very part. So "did this change?" is
 * `===` from here on, whoever made `next` and however much of it anew. Both are plain data and are not modified. It runs
 * over the whole model after every change, so what is equal is found without making anything.
 */
export function shareEqual<T>(previous: unknown, next: T): T {
  if (previous === next || !isContainer(previous) || !isContainer(next)) return next;
  if (Array.isArray(next)) return Array.isArray(previous) ? (shareArray(previous, next) as T) : next;
  return Array.isArray(previous) ? next : (shareRecord(previous, next) as T);
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  let shared: unknown[] | null = previous.length === next.length ? null : [];
  for (let i = 0; i < next.length; i += 1) {
    const kept = shareEqual(previous[i], next[i]);
    if (shared === null && kept !== previous[i]) shared = previous.slice(0, i);
    shared?.push(kept);
  }
  return shared ?? previous;
}

function shareRecord(previous: Plain, next: Plain): Plain {
  let shared: Record<string, unknown> | null = null;
  let count = 0;
  // for...in over plain data: Object.keys would make a list of every record of the model.
  for (const name in next) {
    const kept = shareEqual(previous[name], next[name]);
    if (shared === null && (kept !== previous[name] || (kept === undefined && !Object.hasOwn(previous, name)))) {
      shared = startOf(previous, next, count);
    }
    if (shared !== null) shared[name] = kept;
    count += 1;
  }
  if (shared !== null) return shared;
  for (const _name in previous) count -= 1;
  return count === 0 ? previous : startOf(previous, next, Number.POSITIVE_INFINITY);
}

/** The first `count` fields of `next`, which are known to equal those of `previous`. */
function startOf(previous: Plain, next: Plain, count: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  let taken = 0;
  for (const name in next) {
    if (taken >= count) break;
    fields[name] = previous[name];
    taken += 1;
  }
  return fields;
}

type Plain = Readonly<Record<string, unknown>>;

function isContainer(value: unknown): value is Plain {
  return typeof value === "object" && value !== null;
}
