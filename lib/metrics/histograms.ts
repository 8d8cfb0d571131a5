/**
 * The buckets of many histograms, each in a column that belongs to its bound. Nearly all of them have the same bounds: those
 * are read from their labels, put in order and measured once, not once for each.
 */
import { Bounds, sortedQuantile, upperBound } from "./quantile";

/** Which columns a histogram has, by ascending bound, and those bounds. */
export interface ColumnOrder {
  readonly columns: readonly number[];
  readonly bounds: Bounds;
}

export class BoundColumns {
  /** By the label's text; null: no bound. */
  readonly #byText = new Map<string, number | null>();
  readonly #byBound = new Map<number, number>();
  /** Of a histogram with all bounds there are so far. */
  #whole: ColumnOrder | null = null;

  /** The column of a label `le`; null when it is no bound. Texts of one bound share a column. */
  of(le: string): number | null {
    const known = this.#byText.get(le);
    if (known !== undefined) return known;
    const bound = upperBound(le);
    const column = bound === null ? null : this.#columnOf(bound);
    this.#byText.set(le, column);
    return column;
  }

  #columnOf(bound: number): number {
    const known = this.#byBound.get(bound);
    if (known !== undefined) return known;
    const column = this.#byBound.size;
    this.#byBound.set(bound, column);
    this.#whole = null;
    return column;
  }

  /** The order of a histogram that has something in some of the columns. */
  orderOf(histogram: readonly unknown[]): ColumnOrder {
    this.#whole ??= orderOf([...this.#byBound]);
    const { columns } = this.#whole;
    if (columns.every((column) => histogram[column] !== undefined)) return this.#whole;
    return orderOf([...this.#byBound].filter(([, column]) => histogram[column] !== undefined));
  }
}

function orderOf(places: readonly (readonly [bound: number, column: number])[]): ColumnOrder {
  const sorted = [...places].sort(([a], [b]) => a - b);
  return { columns: sorted.map(([, column]) => column), bounds: new Bounds(sorted.map(([bound]) => bound)) };
}

/** One histogram: cumulative buckets, those of several ports added up. */
export class Histogram {
  readonly #columns: BoundColumns;
  readonly #counts: number[] = [];

  constructor(columns: BoundColumns) {
    this.#columns = columns;
  }

  add(column: number, count: number): void {
    this.#counts[column] = (this.#counts[column] ?? 0) + count;
  }

  /** As quantiles() of its buckets. */
  quantiles(shares: readonly number[]): readonly (number | null)[] {
    const { columns, bounds } = this.#columns.orderOf(this.#counts);
    const counts = new Float64Array(columns.length);
    let most = 0;
    for (let index = 0; index < counts.length; index += 1) {
      const count = this.#counts[columns[index] ?? -1] ?? 0;
      if (count > most) most = count;
      counts[index] = most;
    }
    return shares.map((share) => sortedQuantile(share, bounds, counts));
  }
}
