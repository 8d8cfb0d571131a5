/** How long to wait before attempt after attempt: doubling, with jitter so that many clients do not come back at once. */
export interface Backoff {
  /** Milliseconds until the next attempt. */
  next(): number;
  /** Something worked: begin at the start again. */
  reset(): void;
}

export function createBackoff(options: { firstMs: number; maxMs: number; random?: () => number }): Backoff {
  const random = options.random ?? Math.random;
  let wait = options.firstMs;
  return {
    next() {
      const now = wait;
      wait = Math.min(wait * 2, options.maxMs);
      return Math.round(now * (0.5 + random() / 2));
    },
    reset() {
      wait = options.firstMs;
    },
  };
}

/** Waits, or less when the signal aborts. Never rejects. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
