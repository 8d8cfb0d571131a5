/** One computation for everybody who looks at the same thing: single flight, at most so often, only while someone looks. */

export interface FrameTimer {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

export interface SharedFramesOptions<F> {
  /** Computes a frame. `previous`: the last one of that key, to fall back on. Expected troubles belong into the frame. */
  readonly load: (key: number, previous: F | null) => Promise<F>;
  readonly now: () => number;
  /** A frame is used for this long, and renewed this often while someone listens. */
  readonly periodMs: number;
  /** How soon after `poke` those who listen get a frame. */
  readonly pokeMs: number;
  readonly timer?: FrameTimer;
}

interface Slot<F> {
  frame: F | null;
  /** When the frame was asked for, or the one that is under way. */
  at: number;
  /** When the frame came in. */
  frameAt: number;
  /** Asked for although it was young: something it is made of changed. */
  dirty: boolean;
  flight: Promise<F> | null;
  readonly listeners: Set<(frame: F) => void>;
  timer: unknown;
}

const REAL_TIMER: FrameTimer = {
  set: (callback, ms) => setTimeout(callback, ms).unref(),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
/** Keys nobody asked for since are forgotten after this many periods. */
const KEEP_PERIODS = 30;
/** A frame is shown for so many periods while the next takes its time. */
const SHOWN_PERIODS = 5;

export class SharedFrames<F> {
  readonly #options: SharedFramesOptions<F>;
  readonly #timer: FrameTimer;
  readonly #slots = new Map<number, Slot<F>>();

  constructor(options: SharedFramesOptions<F>) {
    this.#options = options;
    this.#timer = options.timer ?? REAL_TIMER;
  }

  /** The frame for `key`, computed now if the last one is too old. Rejects only if `load` does. */
  async get(key: number): Promise<F> {
    const slot = this.#slot(key);
    return this.#fresh(slot) ?? this.#shown(slot) ?? this.#fly(key, slot);
  }

  /** Calls `listener` with every new frame, beginning with the one there is. Returns how to stop. */
  subscribe(key: number, listener: (frame: F) => void): () => void {
    const slot = this.#slot(key);
    slot.listeners.add(listener);
    const frame = this.#fresh(slot);
    if (frame === null) void this.#fly(key, slot).catch(() => undefined);
    else queueMicrotask(() => slot.listeners.has(listener) && listener(frame));
    // Those who come must not put off what those who are here wait for.
    if (slot.timer === null) this.#schedule(key, slot);
    return () => {
      slot.listeners.delete(listener);
      if (slot.listeners.size > 0) return;
      this.#timer.clear(slot.timer);
      slot.timer = null;
    };
  }

  /** Something frames are made of changed: those who listen get a new one soon. */
  poke(): void {
    for (const [key, slot] of this.#slots) {
      if (slot.dirty) continue;
      slot.dirty = true;
      if (slot.listeners.size > 0) this.#schedule(key, slot);
    }
  }

  /** The frame there is, if it is neither old nor out of date. */
  #fresh(slot: Slot<F>): F | null {
    const young = this.#options.now() - slot.at < this.#options.periodMs;
    return young && !slot.dirty ? slot.frame : null;
  }

  /** What those who listen see while the next one is under way: nobody waits for a large mesh to be read again. */
  #shown(slot: Slot<F>): F | null {
    const { now, periodMs } = this.#options;
    const renewed = slot.listeners.size > 0 && now() - slot.frameAt < SHOWN_PERIODS * periodMs;
    return renewed && !slot.dirty ? slot.frame : null;
  }

  #slot(key: number): Slot<F> {
    const known = this.#slots.get(key);
    if (known) return known;
    this.#forget();
    const slot: Slot<F> = {
      frame: null,
      at: 0,
      frameAt: 0,
      dirty: false,
      flight: null,
      listeners: new Set(),
      timer: null,
    };
    this.#slots.set(key, slot);
    return slot;
  }

  #forget(): void {
    const since = this.#options.now() - KEEP_PERIODS * this.#options.periodMs;
    for (const [key, slot] of this.#slots) {
      if (slot.listeners.size === 0 && slot.flight === null && slot.at < since) this.#slots.delete(key);
    }
  }

  #fly(key: number, slot: Slot<F>): Promise<F> {
    slot.flight ??= this.#load(key, slot).finally(() => {
      slot.flight = null;
    });
    return slot.flight;
  }

  async #load(key: number, slot: Slot<F>): Promise<F> {
    slot.dirty = false;
    slot.at = this.#options.now();
    const frame = await this.#options.load(key, slot.frame);
    slot.frame = frame;
    slot.frameAt = this.#options.now();
    for (const listener of slot.listeners) listener(frame);
    return frame;
  }

  #schedule(key: number, slot: Slot<F>): void {
    this.#timer.clear(slot.timer);
    const { pokeMs, periodMs, now } = this.#options;
    const old = slot.at + periodMs - now();
    slot.timer = this.#timer.set(() => void this.#renew(key, slot), slot.dirty ? pokeMs : Math.max(pokeMs, old));
  }

  /** A frame somebody else asked for meanwhile is good enough. */
  async #renew(key: number, slot: Slot<F>): Promise<void> {
    if (this.#fresh(slot) === null) await this.#fly(key, slot).catch(() => undefined);
    if (slot.listeners.size > 0) this.#schedule(key, slot);
  }
}
