/** What tells over a long window which policies let calls in and who called whom: totals, so that a single call shows. */
import {
  CLUSTER_LABEL,
  ENVOY_POLICY_ALLOWED,
  ENVOY_POLICY_LABEL,
  ENVOY_RECEIVED_BYTES,
  ENVOY_REQUESTS_BY_CLASS,
  SOURCE_LABELS,
  SOURCE_WORKLOAD_NAME,
} from "./names";
import { CALLER_CLUSTERS } from "./pattern";
import type { InstantQuery, Matcher, Sample, Series, UnionQuery } from "./query";

/**
 * - `total`: requests by caller and cluster since the sidecars started
 * - `rate`: the same per second over the window, which also sees pods that came and went in it
 * - `bytes`: received per second by caller and cluster, for connections of TCP services
 */
export type CallPart = "total" | "rate" | "bytes";

const EDGE = [...SOURCE_LABELS, CLUSTER_LABEL];
const MATCHERS: readonly Matcher[] = [
  { label: SOURCE_WORKLOAD_NAME, op: "!=", value: "" },
  { label: CLUSTER_LABEL, op: "=~", value: CALLER_CLUSTERS },
];

/** Calls that each policy let in, since the sidecars started. */
export const POLICY_TOTALS: InstantQuery = {
  kind: "instant",
  aggregation: "sum",
  selector: { metric: ENVOY_POLICY_ALLOWED, matchers: [] },
  by: [ENVOY_POLICY_LABEL],
};

/** Whether anything was scraped at all. */
export const SCRAPED: InstantQuery = {
  kind: "instant",
  aggregation: "count",
  selector: { metric: "up", matchers: [] },
  by: [],
};

/** Requests by caller and cluster, since the sidecars started. */
export const CALL_TOTALS: InstantQuery = {
  kind: "instant",
  aggregation: "sum",
  selector: { metric: ENVOY_REQUESTS_BY_CLASS, matchers: MATCHERS },
  by: EDGE,
};

/** In parts (CallPart). */
export function callsQuery(windowSeconds: number): UnionQuery {
  const rate = (metric: string) =>
    ({ kind: "rate", selector: { metric, matchers: MATCHERS }, windowSeconds, by: EDGE }) as const;
  return {
    kind: "union",
    parts: {
      total: CALL_TOTALS,
      rate: rate(ENVOY_REQUESTS_BY_CLASS),
      bytes: rate(ENVOY_RECEIVED_BYTES),
    } satisfies Record<CallPart, unknown>,
  };
}

export interface PolicyUses {
  /** Unix milliseconds by policy name. */
  readonly lastUsedAt: ReadonlyMap<string, number>;
  /** Policies whose total fell because a sidecar ended: they may have been used at that time. */
  readonly unsure: ReadonlySet<string>;
}

/** Reads POLICY_TOTALS over a range. `since`: unix seconds of the first scrape in it; null when that was only just now. */
export function policyUses(series: readonly Series[], since: number | null): PolicyUses {
  const lastUsedAt = new Map<string, number>();
  const unsure = new Set<string>();
  for (const { labels, points } of series) {
    const name = labels[ENVOY_POLICY_LABEL] ?? "";
    const known = points.flatMap(([at, value]) => (value === null ? [] : [{ at, value }]));
    for (const [index, { at, value }] of known.entries()) {
      const change = changeOf(known[index - 1]?.value ?? null, { at, value }, since);
      if (change === "grew") lastUsedAt.set(name, Math.max(at * 1000, lastUsedAt.get(name) ?? 0));
      else if (change === "unsure") unsure.add(name);
    }
  }
  return { lastUsedAt, unsure };
}

function changeOf(
  before: number | null,
  { at, value }: { readonly at: number; readonly value: number },
  since: number | null,
): "grew" | "unsure" | "same" {
  if (before !== null) return value > before ? "grew" : value < before ? "unsure" : "same";
  if (value === 0) return "same";
  // Envoy makes the counter with the first call: one that was not there at the first scrape was used since.
  if (since === null) return "unsure";
  return at > since ? "grew" : "same";
}

/** Keys of `now` that grew since `then`, or fell without reaching zero: their sidecars started again and were used since. */
export function grownTotals(
  now: readonly Sample[],
  then: readonly Sample[],
  keyOf: (sample: Sample) => string,
): ReadonlySet<string> {
  const earlier = new Map(then.map((sample) => [keyOf(sample), sample.value ?? 0]));
  const grown = now.filter((sample) => (sample.value ?? 0) > 0 && sample.value !== (earlier.get(keyOf(sample)) ?? 0));
  return new Set(grown.map(keyOf));
}
