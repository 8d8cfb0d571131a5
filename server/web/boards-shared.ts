/** One computation for everybody who looks at the same panel over the same range, and the last good one to fall back on. */
import { limited } from "@/server/platform/limited";

export interface Answered<T> {
  readonly value: T;
  /** When it was asked for, unix milliseconds. */
  readonly at: number;
}

interface Slot<T> {
  /** The grid's end the flight or its answer is for. */
  end: number;
  flight: Promise<T>;
  good: Answered<T> | null;
}

/** `get` of the same key and end asks once. Slots that were not used for longest make room: at most `most`. */
export class SharedAnswers<T> {
  readonly #most: number;
  readonly #slots = new Map<string, Slot<T>>();
  readonly #limit: <R>(work: () => Promise<R>) => Promise<R>;

  constructor(options: { readonly most: number; readonly atOnce: number }) {
    this.#most = options.most;
    this.#limit = limited(options.atOnce);
  }

  /** `end`: unix milliseconds. Rejects as `load` does; a rejection is not kept. `asked` says whether this call asked anew. */
  get(key: string, end: number, load: () => Promise<T>): { readonly answer: Promise<T>; readonly asked: boolean } {
    const known = this.#slots.get(key);
    if (known) {
      this.#slots.delete(key);
      this.#slots.set(key, known);
      if (known.end === end) return { answer: known.flight, asked: false };
    }
    const slot: Slot<T> = { end, flight: this.#limit(load), good: known?.good ?? null };
    this.#slots.set(key, slot);
    slot.flight.then(
      (value) => {
        slot.good = { value, at: end };
      },
      () => {
        // The next who asks tries again, with what was good before still at hand.
        if (slot.end === end) slot.end = Number.NaN;
      },
    );
    this.#forget();
    return { answer: slot.flight, asked: true };
  }

  /** The last answer of a key that was good; null when there was none. */
  lastGood(key: string): Answered<T> | null {
    return this.#slots.get(key)?.good ?? null;
  }

  #forget(): void {
    for (const key of this.#slots.keys()) {
      if (this.#slots.size <= this.#most) return;
      this.#slots.delete(key);
    }
  }
}
