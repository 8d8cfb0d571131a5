/** How long the demo's work takes: mostly quick with a long tail, so that percentiles differ visibly. */

/** Milliseconds around `medianMs`, log-normal; one call in fifty takes about five times as long. `random` gives 0 to 1. */
export function workMs(medianMs: number, random: () => number): number {
  const gaussian = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const tail = random() < 0.02 ? 5 : 1;
  return Math.min(medianMs * 20, medianMs * Math.exp(0.4 * gaussian) * tail);
}

export function work(medianMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, workMs(medianMs, Math.random)));
}
