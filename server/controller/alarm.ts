/** setTimeout's limit is 2^31-1 ms; a later moment is approached in steps of this. */
const STEP_MS = 24 * 3600_000;

/** One appointment at a time. */
export interface Alarm {
  /** Forgets the one before. null: none. A moment that has passed rings soon. */
  set(atMs: number | null): void;
  stop(): void;
}

export function createAlarm(ring: () => void): Alarm {
  let timer: NodeJS.Timeout | null = null;
  const clear = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const set = (atMs: number | null) => {
    clear();
    if (atMs === null) return;
    const waitMs = Math.max(0, atMs - Date.now());
    timer = setTimeout(() => (waitMs > STEP_MS ? set(atMs) : ring()), Math.min(waitMs, STEP_MS));
  };
  return { set, stop: clear };
}
