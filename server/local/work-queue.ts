/** Runs one piece of work per key at a time; a key that is added while its work runs is run once more after it. */
export interface WorkQueue {
  add(key: string): void;
  /** Adds the key after a while, unless it was added sooner with the same or a shorter delay. */
  addAfter(key: string, delayMs: number): void;
  /** No work starts any more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;

/** `work` that rejects is tried again, later and later; `onError` hears of it. */
export function createWorkQueue(
  work: (key: string) => Promise<void>,
  onError: (key: string, error: unknown) => void,
): WorkQueue {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const timers = new Map<string, { timer: NodeJS.Timeout; at: number }>();
  const failures = new Map<string, number>();
  let stopped = false;

  const run = async (key: string): Promise<void> => {
    try {
      await work(key);
      failures.delete(key);
    } catch (error) {
      const count = failures.get(key) ?? 0;
      failures.set(key, count + 1);
      onError(key, error);
      addAfter(key, Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** count));
    }
    running.delete(key);
    if (again.delete(key)) add(key);
  };

  function add(key: string): void {
    if (stopped) return;
    if (running.has(key)) {
      again.add(key);
      return;
    }
    // Events of one change arrive together: the work starts when they are all in.
    running.set(
      key,
      Promise.resolve().then(() => run(key)),
    );
  }

  function addAfter(key: string, delayMs: number): void {
    if (stopped) return;
    const known = timers.get(key);
    const at = Date.now() + delayMs;
    if (known && known.at <= at) return;
    if (known) clearTimeout(known.timer);
    const timer = setTimeout(() => {
      timers.delete(key);
      add(key);
    }, delayMs);
    timers.set(key, { timer, at });
  }

  return {
    add,
    addAfter,
    async stop() {
      stopped = true;
      for (const { timer } of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
