export interface LoopOptions {
  readonly run: () => void | Promise<void>;
  /** What comes while a run is on, or this soon after it or after each other, is gathered into the next. */
  readonly settleMs: number;
  /** No change waits longer than this for its run to begin, unless one is on. */
  readonly maxMs: number;
  /** A failed run is repeated after this. */
  readonly retryMs: number;
  readonly onError: (error: unknown) => void;
}

export interface Loop {
  /** Something changed. Runs at once if nothing did for a while. */
  trigger(): void;
  /** Ends it; resolves when a run that is on has ended. */
  stop(): Promise<void>;
}

/**
 * Single flight: never two runs at a time, and never a change without a run after it. One change after a quiet time costs
 * nothing but its run; a thousand in a row cost a few runs.
 */
export function createLoop(options: LoopOptions): Loop {
  const { settleMs, maxMs, retryMs } = options;
  let dirtySince: number | null = null;
  let quietFrom = 0;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;

  function schedule(at: number): void {
    if (timer) clearTimeout(timer);
    timer = setTimeout(begin, Math.max(0, at - Date.now()));
  }

  function begin(): void {
    timer = null;
    if (!running && !stopped) running = run();
  }

  async function run(): Promise<void> {
    // What else arrived in the same packet belongs to this run.
    await null;
    dirtySince = null;
    let failed = false;
    try {
      await options.run();
    } catch (error) {
      failed = true;
      options.onError(error);
    }
    running = null;
    if (stopped) return;
    const now = Date.now();
    quietFrom = now + settleMs;
    if (dirtySince !== null) schedule(Math.min(quietFrom, dirtySince + maxMs));
    else if (failed) schedule(now + retryMs);
  }

  return {
    trigger() {
      if (stopped) return;
      const now = Date.now();
      const first = dirtySince === null;
      dirtySince ??= now;
      if (running) return;
      if (first && now >= quietFrom) begin();
      else schedule(Math.min(Math.max(quietFrom, now + settleMs), dirtySince + maxMs));
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
