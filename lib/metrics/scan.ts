/** Ranges of large meshes: rows are handed over as they come in, for all of them would not fit into memory well. */
import type { MetricsSource, Series, StoreQuery, TimeRange } from "./query";

export interface ScannedSource extends MetricsSource {
  /** As range, with the rows in pieces; resolves when `each` has had all. Where it rejects some may have been given. */
  scan(
    query: StoreQuery,
    range: TimeRange,
    each: (rows: readonly Series[]) => void,
    signal?: AbortSignal,
  ): Promise<void>;
}

/** Of a source that has all rows at once. */
export function scannedAtOnce(source: MetricsSource): ScannedSource {
  return {
    ...source,
    async scan(query, range, each, signal) {
      each(await source.range(query, range, signal));
    },
  };
}
