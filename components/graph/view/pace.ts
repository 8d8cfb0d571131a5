/** How often a moving picture is painted: every frame while that is cheap, else its last painting is moved about in between. */

/** Milliseconds a painting may take so that it is done in every frame. */
const CHEAP_MS = 11;
/** A painting may take this share of the time while a gesture goes on. */
const SHARE = 1 / 6;
const LEAST_WAIT_MS = 120;
/** The weight of the newest measurement. */
const NEWEST = 0.4;

export class Pace {
  #cost = 0;
  #last = Number.NEGATIVE_INFINITY;
  readonly #channel = new MessageChannel();
  #started = 0;

  constructor() {
    // The message is read when the frame's painting is over, whatever of it happens after the script: rasterising too.
    this.#channel.port1.onmessage = () => {
      const took = performance.now() - this.#started;
      this.#cost = this.#cost === 0 ? took : this.#cost * (1 - NEWEST) + took * NEWEST;
    };
  }

  /** Whether to paint now, in the middle of a gesture. */
  isDue(now: number): boolean {
    return this.#cost < CHEAP_MS || now - this.#last > Math.max(LEAST_WAIT_MS, this.#cost / SHARE);
  }

  /** To be called as a painting begins. */
  begin(now: number): void {
    this.#started = now;
    this.#last = now;
    this.#channel.port2.postMessage(null);
  }

  close(): void {
    this.#channel.port1.close();
  }
}
