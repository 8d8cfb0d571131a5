/** How often somebody may try to sign in: a few times a minute from one address, and not often in all. Bounded. */

export interface AttemptLimits {
  readonly perAddress: number;
  readonly inAll: number;
}

const MINUTE_MS = 60_000;
const MOST_ADDRESSES = 2_000;
const LIMITS: AttemptLimits = { perAddress: 10, inAll: 120 };

interface Count {
  readonly since: number;
  count: number;
}

export class Attempts {
  readonly #limits: AttemptLimits;
  /** In the order they began. */
  readonly #addresses = new Map<string, Count>();
  #all: Count = { since: 0, count: 0 };

  constructor(limits: AttemptLimits = LIMITS) {
    this.#limits = limits;
  }

  /** 0 when one more may be made, and counts it; else seconds to wait. `now`: unix milliseconds. */
  take(address: string, now: number): number {
    this.#forget(now);
    if (now - this.#all.since >= MINUTE_MS) this.#all = { since: now, count: 0 };
    const own = this.#addresses.get(address) ?? { since: now, count: 0 };
    const full = own.count >= this.#limits.perAddress ? own : this.#all.count >= this.#limits.inAll ? this.#all : null;
    if (full !== null) return Math.max(1, Math.ceil((full.since + MINUTE_MS - now) / 1000));
    own.count += 1;
    this.#all.count += 1;
    this.#addresses.set(address, own);
    return 0;
  }

  #forget(now: number): void {
    for (const [address, { since }] of this.#addresses) {
      if (now - since < MINUTE_MS && this.#addresses.size < MOST_ADDRESSES) return;
      this.#addresses.delete(address);
    }
  }
}
