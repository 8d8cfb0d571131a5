/** Long work in slices, so that a server goes on answering others meanwhile. */
import { setImmediate } from "node:timers/promises";

/** How long others may have to wait. */
const SLICE_MS = 10;

/** For loops that wait by themselves: what it returns lets others in between when it is their turn. */
export function slices(): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < SLICE_MS) return;
    await setImmediate();
    begun = performance.now();
  };
}

/** Runs a generator to its end and resolves to what it returns. Where it yields others may come in between. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  const pause = slices();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await pause();
  }
}
