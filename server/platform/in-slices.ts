/** Long work in slices, so that a server goes on answering others meanwhile. */
import { setImmediate } from "node:timers/promises";

/** How long others may have to wait. */
const SLICE_MS = 10;

/** Runs a generator to its end and resolves to what it returns. Where it yields others may come in between. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE_MS) continue;
    await setImmediate();
    begun = performance.now();
  }
}
