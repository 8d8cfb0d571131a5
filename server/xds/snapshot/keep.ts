/** Memories of what was built, so that what did not change is not built again. */

interface Entry<T> {
  readonly inputs: readonly unknown[];
  readonly value: T;
}

/** One result per key, made again only when one of its inputs is another value (`!==`). */
export class Keep<T> {
  private readonly entries = new Map<string, Entry<T>>();

  /** `make` gets the result it replaces, to keep what of it still holds. */
  get(key: string, inputs: readonly unknown[], make: (earlier: T | undefined) => T): T {
    const found = this.entries.get(key);
    if (found && sameValues(found.inputs, inputs)) return found.value;
    const value = make(found?.value);
    this.entries.set(key, { inputs, value });
    return value;
  }

  /** Forgets every key that `wanted` does not want. */
  retain(wanted: (key: string) => boolean): void {
    for (const key of this.entries.keys()) if (!wanted(key)) this.entries.delete(key);
  }
}

/** As Keep, for results that are of no use without `owner`: they go when it goes. */
export class WeakKeep<T> {
  private readonly owners = new WeakMap<object, Keep<T>>();

  get(owner: object, key: string, inputs: readonly unknown[], make: (earlier: T | undefined) => T): T {
    let keep = this.owners.get(owner);
    if (!keep) {
      keep = new Keep();
      this.owners.set(owner, keep);
    }
    return keep.get(key, inputs, make);
  }
}

/** `next`, or `earlier` when both hold the same values in the same order. */
export function sameList<T>(earlier: readonly T[] | undefined, next: readonly T[]): readonly T[] {
  return earlier && sameValues(earlier, next) ? earlier : next;
}

function sameValues(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
