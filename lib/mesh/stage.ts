/**
 * Stages of the translation, remembered by the lists they read. A watch hands out the same frozen list until something
 * of its kind changes, so after a change only the stages that read that kind are run again.
 */
interface Run<R> {
  readonly inputs: readonly unknown[];
  readonly result: R;
}

/** The same set as an earlier one while its members are the same, so that stages that read it are not run for nothing. */
export class StableSet {
  readonly #kept: ReadonlySet<string>[] = [];

  of(values: Iterable<string>): ReadonlySet<string> {
    const next = new Set(values);
    const equal = this.#kept.find((kept) => kept.size === next.size && [...kept].every((value) => next.has(value)));
    if (equal !== undefined) return equal;
    this.#kept.unshift(next);
    this.#kept.length = Math.min(this.#kept.length, RUNS_KEPT);
    return next;
  }
}

/** Live objects and a few drafts laid over them share their lists. */
const RUNS_KEPT = 4;

export class Stage<R> {
  readonly #runs = new WeakMap<object, readonly Run<R>[]>();

  /** `make()`, or what it gave for identical inputs. The first input is a list; lists that are not frozen may change. */
  run(inputs: readonly [readonly unknown[], ...unknown[]], make: () => R): R {
    const lists = inputs.filter((input) => Array.isArray(input));
    if (!lists.every(Object.isFrozen)) return make();
    const runs = this.#runs.get(inputs[0]) ?? [];
    const earlier = runs.find((run) => run.inputs.every((input, index) => input === inputs[index]));
    if (earlier !== undefined) return earlier.result;
    const result = make();
    this.#runs.set(inputs[0], [{ inputs, result }, ...runs].slice(0, RUNS_KEPT));
    return result;
  }
}
