/** The latest so many of something. */
export class Ring<T> {
  readonly #size: number;
  readonly #items: T[] = [];
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(item: T): void {
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.#size;
  }

  /** Full: with the next one the oldest goes. */
  full(): boolean {
    return this.#items.length === this.#size;
  }

  /** In no order that means anything. */
  all(): readonly T[] {
    return this.#items;
  }
}
