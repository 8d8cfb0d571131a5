/**
 * A rolling store of metrics in memory, for local mode. Every target is a table: one column of times and one column of
 * values for each series, so that a scrape of many series costs one time. A series that a scrape did not have is absent
 * there, which is Prometheus's staleness: the last value before does not count any more.
 */
import type { Labels, Selector } from "@/lib/metrics/query";
import { ABSENT, Chunks } from "./chunks";
import { matches } from "./match";
import { metricName, parseLabels } from "./parse";

export interface StoreOptions {
  readonly retentionSeconds: number;
  /** Series beyond this many are not taken in, but for `up`. */
  readonly maxSeries: number;
  /** Names of the metrics to keep; everything when left out. */
  readonly keep?: readonly string[];
}

export const DEFAULT_STORE_OPTIONS: StoreOptions = { retentionSeconds: 3600, maxSeries: 50_000 };

/** One target's scrapes. */
export class Table {
  readonly times = new Chunks();
  /** By series as written in the exposition. */
  readonly series = new Map<string, StoredSeries>();
  /** Sequence number of the oldest scrape kept. */
  first = 0;
  /** Number of scrapes ever. */
  next = 0;
  ended = false;

  constructor(readonly labels: Labels) {}

  /** Sequence number of the last scrape at or before `at` (unix milliseconds); first - 1 when there is none. */
  lastAt(at: number): number {
    let low = this.first;
    let high = this.next;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times.get(middle) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

export interface StoredSeries {
  readonly table: Table;
  readonly metric: string;
  readonly labels: Labels;
  readonly values: Chunks;
}

export interface StoreStats {
  readonly targets: number;
  readonly series: number;
  /** Samples that were turned away because of maxSeries. */
  readonly refusedSamples: number;
  readonly valueBytes: number;
}

/** What one scrape of a target found. Nothing is visible before commit. */
export interface ScrapeWriter {
  /** `series` as written in the exposition: `name{a="b"}`. Throws SyntaxError when it is not well formed. */
  add(series: string, value: number): void;
  commit(): void;
  /** The scrape failed: only `up` 0 is kept, and every series of the target is absent at this time. */
  fail(): void;
}

export class MetricStore {
  readonly #tables = new Map<string, Table>();
  readonly #byMetric = new Map<string, Set<StoredSeries>>();
  readonly #keep: ReadonlySet<string> | null;
  #count = 0;
  #refused = 0;

  constructor(private readonly options: StoreOptions = DEFAULT_STORE_OPTIONS) {
    this.#keep = options.keep === undefined ? null : new Set(options.keep);
  }

  /** `now` in unix milliseconds. A target whose labels changed is a new one. */
  scrape(target: { readonly id: string; readonly labels: Labels }, now: number): ScrapeWriter {
    const table = this.#table(target, now);
    // Times of a table only grow, whatever the clock does.
    const at = table.next === table.first ? now : Math.max(now, table.times.get(table.next - 1) + 1);
    const found: [StoredSeries, number][] = [];
    const write = (up: 0 | 1) => {
      const seq = table.next;
      table.times.set(seq, at);
      table.next += 1;
      if (up === 1) for (const [series, value] of found) series.values.set(seq, value);
      this.#seriesOf(table, "up")?.values.set(seq, up);
      this.#forget(table, at);
    };
    return {
      add: (text, value) => {
        const series = this.#seriesOf(table, text);
        if (series !== null) found.push([series, value]);
      },
      commit: () => write(1),
      fail: () => write(0),
    };
  }

  /** Marks targets that are no longer scraped: their series end. `at` in unix milliseconds. */
  retain(ids: ReadonlySet<string>, at: number): void {
    for (const [id, table] of this.#tables) {
      if (!ids.has(id)) this.#end(table, at);
      this.#forget(table, at);
      if (table.ended && table.first >= table.next) this.#tables.delete(id);
    }
  }

  /** All series that match, in no particular order. */
  select(selector: Selector): readonly StoredSeries[] {
    const candidates = this.#byMetric.get(selector.metric);
    if (candidates === undefined) return [];
    const test = matches(selector.matchers);
    return [...candidates].filter((series) => test(series.labels));
  }

  stats(): StoreStats {
    let valueBytes = 0;
    for (const table of this.#tables.values()) {
      valueBytes += table.times.bytes();
      for (const series of table.series.values()) valueBytes += series.values.bytes();
    }
    return { targets: this.#tables.size, series: this.#count, refusedSamples: this.#refused, valueBytes };
  }

  #table({ id, labels }: { readonly id: string; readonly labels: Labels }, at: number): Table {
    const known = this.#tables.get(id);
    if (known !== undefined && !known.ended && sameLabels(known.labels, labels)) return known;
    if (known !== undefined) {
      this.#end(known, at);
      // Kept under a name of its own until its last scrape has aged.
      this.#tables.set(`${id}\n${at}`, known);
    }
    const made = new Table(labels);
    this.#tables.set(id, made);
    return made;
  }

  #end(table: Table, at: number): void {
    if (table.ended) return;
    table.ended = true;
    table.times.set(table.next, at);
    table.next += 1;
  }

  #seriesOf(table: Table, text: string): StoredSeries | null {
    const known = table.series.get(text);
    if (known !== undefined) return known;
    const metric = metricName(text);
    if (this.#keep !== null && metric !== "up" && !this.#keep.has(metric)) return null;
    const labels = parseLabels(text);
    if (labels === null) throw new SyntaxError(`not a series: ${text.slice(0, 120)}`);
    if (this.#count >= this.options.maxSeries && metric !== "up") {
      this.#refused += 1;
      return null;
    }
    const series = { table, metric, labels: withTargetLabels(labels, table.labels), values: new Chunks() };
    table.series.set(text, series);
    const all = this.#byMetric.get(metric) ?? new Set();
    this.#byMetric.set(metric, all.add(series));
    this.#count += 1;
    return series;
  }

  /** Lets go of what is older than the retention. */
  #forget(table: Table, at: number): void {
    const before = table.lastAt(at - this.options.retentionSeconds * 1000) + 1;
    if (before <= table.first) return;
    table.first = before;
    table.times.dropBefore(before);
    for (const [text, series] of table.series) {
      if (series.values.last >= before) series.values.dropBefore(before);
      else {
        table.series.delete(text);
        this.#byMetric.get(series.metric)?.delete(series);
        this.#count -= 1;
      }
    }
  }
}

/** The value of a series in its table's scrape `seq`; null when that scrape did not have it. */
export function valueIn(series: StoredSeries, seq: number): number | null {
  const value = seq < series.table.first ? ABSENT : series.values.get(seq);
  return value === ABSENT ? null : value;
}

/** As Prometheus does: the target's labels win, and a label of the same name is kept as `exported_…`. */
function withTargetLabels(labels: Labels, target: Labels): Labels {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries(labels)) merged[name in target ? `exported_${name}` : name] = value;
  return Object.assign(merged, target);
}

function sameLabels(a: Labels, b: Labels): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
