/** What is asked of every store, and when. */
import type { MetricQuery, Selector, SimpleQuery } from "@/lib/metrics/query";
import type { RemoteSeries } from "@/test/support/remote-write";
import { HISTORY_SECONDS, INTERVAL_MS } from "./metrics-history";

// A third of a second off, so that no sample lies on the edge of a window: versions differ on whose it is.
export const START = Math.floor(Date.now() / 1000) - HISTORY_SECONDS - 60 + 0.333;

export const REQUESTS: Selector = { metric: "requests_total", matchers: [] };
const WEB: Selector = {
  metric: "requests_total",
  matchers: [{ label: "cluster", op: "=~", value: "shop/web\\|[0-9]+" }],
};
const BUCKETS: Selector = { metric: "latency_bucket", matchers: [] };
const OPEN: Selector = { metric: "open_connections", matchers: [] };

const rate = (selector: Selector, windowSeconds: number, by: readonly string[]): SimpleQuery => {
  return { kind: "rate", selector, windowSeconds, by };
};
export const instant = (aggregation: "sum" | "max" | "min" | "count", selector: Selector, by: readonly string[]) => {
  return { kind: "instant", aggregation, selector, by } as const;
};
const quantileOf = (quantile: number, windowSeconds: number, by: readonly string[]) => {
  return { kind: "quantile", quantile, selector: BUCKETS, windowSeconds, by } as const;
};

export const NOTHING = "a metric that does not exist";
export const QUERIES: Readonly<Record<string, MetricQuery>> = {
  "instant sum": instant("sum", REQUESTS, ["cluster"]),
  "instant max": instant("max", OPEN, []),
  "instant min by target": instant("min", OPEN, ["source_workload_name"]),
  "instant count": instant("count", BUCKETS, ["cluster", "le"]),
  "rate over 10 s": rate(REQUESTS, 10, ["cluster", "class"]),
  "rate over 30 s": rate(WEB, 30, ["source_workload_name", "cluster", "class"]),
  "rate over 5 min": rate(REQUESTS, 300, ["source_workload_name"]),
  "rate of buckets": rate(BUCKETS, 30, ["source_workload_name", "cluster", "le"]),
  "rate of a counter that stands still": rate({ metric: "idle_total", matchers: [] }, 30, []),
  "rate of a counter that begins": rate({ metric: "late_total", matchers: [] }, 30, ["source_workload_name"]),
  "increase over a minute": { kind: "increase", selector: REQUESTS, windowSeconds: 60, by: ["class"] },
  "negative matchers": rate(
    {
      metric: "requests_total",
      matchers: [
        { label: "class", op: "!=", value: "2" },
        { label: "none", op: "!~", value: "x.+" },
      ],
    },
    60,
    ["cluster"],
  ),
  "label that is not there": instant("sum", REQUESTS, ["nothing", "class"]),
  p50: quantileOf(0.5, 30, []),
  "p95 by edge": quantileOf(0.95, 30, ["source_workload_name", "cluster"]),
  "p99 by target": quantileOf(0.99, 120, ["source_workload_name"]),
  [NOTHING]: rate({ metric: "missing_total", matchers: [] }, 30, []),
  union: {
    kind: "union",
    parts: {
      requests: rate(REQUESTS, 30, ["cluster"]),
      p95: quantileOf(0.95, 30, ["cluster"]),
      open: instant("sum", OPEN, ["cluster"]),
    },
  },
};

/** Every 7 s from before the first sample until after the last one has been forgotten. */
export const TIMES = Array.from(
  { length: Math.floor((HISTORY_SECONDS + 50) / 7) },
  (_, index) => START - 10 + index * 7,
);

/** As long as a sample counts by itself. */
const LOOKBACK_MS = 300_000;
/** No scrape was missed before this. */
const LATE_MS = 1.1 * INTERVAL_MS;

/**
 * The moments (unix seconds) at which nothing of a query begins or ends: every series goes through the whole window, or is
 * not in it at all. `series`: all there are.
 */
export function settledMoments(query: MetricQuery, series: readonly RemoteSeries[]): (at: number) => boolean {
  const parts = query.kind === "union" ? Object.values(query.parts) : [query];
  const known = new Map<number, boolean>();
  return (at) => {
    const found = known.get(at);
    if (found !== undefined) return found;
    const settled = parts.every((part) =>
      series.every(({ metric, samples }) => metric !== part.selector.metric || isSettled(samples, part, at * 1000)),
    );
    known.set(at, settled);
    return settled;
  };
}

function isSettled(samples: RemoteSeries["samples"], part: SimpleQuery, atMs: number): boolean {
  const fromMs = atMs - (part.kind === "instant" ? LOOKBACK_MS : part.windowSeconds * 1000);
  const until = samples.filter(([at]) => at <= atMs);
  const last = until.at(-1);
  if (last === undefined || last[0] <= fromMs - INTERVAL_MS) return true;
  const isFresh = last[1] !== "stale" && atMs - last[0] < LATE_MS;
  if (part.kind === "instant") return isFresh || last[1] === "stale";
  const first = until.findIndex(([at]) => at > fromMs);
  const [before, after] = [until[first - 1], until[first]];
  // Some take rates from the last sample before the window, some from the first one in it: the counter ran on between them.
  if (!isFresh || before === undefined || after === undefined) return false;
  if (before[1] === "stale" || after[1] === "stale") return false;
  return after[1] >= before[1] && after[0] - before[0] < LATE_MS;
}
