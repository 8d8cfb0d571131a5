/** Long work in steps: a generator that yields where others may come in between. */

/** Runs the work to its end at once. */
export function toTheEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
