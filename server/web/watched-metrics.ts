/** A metrics source that remembers how its last answer went, so that health need not wait for the next question. */
import { AppError } from "@/lib/contract/errors";
import type { Partial } from "@/lib/contract/topology";
import type { InstantQuery } from "@/lib/metrics/query";
import type { ScannedSource } from "@/lib/metrics/scan";
import { sourceAway } from "./source-away";

export interface WatchedMetrics {
  readonly source: ScannedSource;
  /** Nothing when it answers. Asks only when nobody else did for a while. Never rejects for a store that is away. */
  readonly partial: () => Promise<readonly Partial[]>;
}

/** Who looks at the graph asks every 2 s. */
const FRESH_MS = 5_000;
const PROBE: InstantQuery = {
  kind: "instant",
  aggregation: "count",
  selector: { metric: "up", matchers: [] },
  by: [],
};

export function watchMetrics(metrics: ScannedSource, now: () => number): WatchedMetrics {
  let last: { readonly at: number; readonly error: AppError | null } | null = null;
  let goodAt: number | null = null;
  const noted = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      const answer = await asked;
      goodAt = now();
      last = { at: goodAt, error: null };
      return answer;
    } catch (error) {
      // A store that refuses one question is there; one who stops waiting says nothing about it.
      if (error instanceof AppError && error.code.startsWith("upstream_")) last = { at: now(), error };
      throw error;
    }
  };
  const source: ScannedSource = {
    instant: (...asked) => noted(metrics.instant(...asked)),
    range: (...asked) => noted(metrics.range(...asked)),
    scan: (...asked) => noted(metrics.scan(...asked)),
  };
  return {
    source,
    async partial() {
      if (last === null || now() - last.at > FRESH_MS) {
        await source.instant(PROBE, now() / 1000).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
        });
      }
      const error = last?.error;
      return error ? [sourceAway("metrics", error, goodAt)] : [];
    },
  };
}
