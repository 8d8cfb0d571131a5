/** A column of numbers addressed by scrape number, kept in chunks so that old ones can be let go of. */

/** Stands for "this scrape did not have it". A value of its own, because NaN is a value metrics may have. */
export const ABSENT = -Number.MAX_VALUE;

const CHUNK = 128;

/** A chunk of equal values is kept as that one value: most counters of a mesh stand still most of the time. */
type Chunk = Float64Array | number;

export class Chunks {
  #chunks: (Chunk | undefined)[] = [];
  /** Number of the first chunk. */
  #base = 0;
  /** Sequence number of the last value set; -1 for none. */
  last = -1;

  /** The value at a sequence number; ABSENT where none was set. */
  get(seq: number): number {
    const chunk = this.#chunks[Math.floor(seq / CHUNK) - this.#base];
    if (chunk === undefined) return ABSENT;
    return typeof chunk === "number" ? chunk : (chunk[seq % CHUNK] ?? ABSENT);
  }

  /** Sequence numbers only grow. */
  set(seq: number, value: number): void {
    const number = Math.floor(seq / CHUNK);
    if (this.#chunks.length === 0) this.#base = number;
    const index = number - this.#base;
    let chunk = this.#chunks[index];
    if (chunk === undefined) {
      this.#pack(this.#chunks.length - 1);
      chunk = new Float64Array(CHUNK).fill(ABSENT);
      this.#chunks[index] = chunk;
    }
    if (typeof chunk !== "number") chunk[seq % CHUNK] = value;
    this.last = seq;
  }

  /** Lets go of whole chunks before a sequence number. */
  dropBefore(seq: number): void {
    const drop = Math.min(this.#chunks.length, Math.floor(seq / CHUNK) - this.#base);
    if (drop <= 0) return;
    this.#chunks.splice(0, drop);
    this.#base += drop;
  }

  /** Bytes of the values it holds. */
  bytes(): number {
    let bytes = 0;
    for (const chunk of this.#chunks) bytes += chunk instanceof Float64Array ? chunk.byteLength : 8;
    return bytes;
  }

  #pack(index: number): void {
    const chunk = this.#chunks[index];
    if (!(chunk instanceof Float64Array)) return;
    const [first = ABSENT] = chunk;
    if (chunk.every((value) => value === first)) this.#chunks[index] = first;
  }
}
