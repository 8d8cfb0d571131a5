/** When to start something again that ended: at once the first time, then later and later while it keeps ending. */
export interface Backoff {
  /** Milliseconds to wait, given how long it ran. */
  next(ranMs: number): number;
}

const STEADY_MS = 60_000;

/** Delays `firstMs`, twice that, and so on up to `maxMs`; a run of a minute or more starts over. */
export function createBackoff(firstMs: number, maxMs: number): Backoff {
  let failures = 0;
  return {
    next(ranMs) {
      if (ranMs >= STEADY_MS) failures = 0;
      const delay = Math.min(maxMs, firstMs * 2 ** failures);
      failures += 1;
      return delay;
    },
  };
}
