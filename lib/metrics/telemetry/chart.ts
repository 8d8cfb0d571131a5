/** The charts of another mesh: the parts are the same for each, their metrics and labels are not. */
import type { ChartPart } from "../chart-queries";
import { literal } from "../pattern";
import type { Matcher, SimpleQuery, UnionQuery } from "../query";

/** Metrics of the parts; one that is left out cannot be drawn. */
export interface ChartMetrics {
  readonly requests: string;
  /** Which of the requests failed. */
  readonly failed: Matcher;
  readonly buckets: string;
  readonly connections?: string;
  readonly received?: string;
  readonly sent?: string;
}

export interface ChartScope {
  /** Which calls, by the labels of requests and buckets. */
  readonly calls: readonly Matcher[];
  /** Which connections, by the labels of what counts connections and bytes. */
  readonly connections: readonly Matcher[];
  /** Labels that tell lines apart. */
  readonly by: readonly string[];
}

export function chartOf(
  metrics: ChartMetrics,
  { calls, connections, by }: ChartScope,
  windowSeconds: number,
): UnionQuery {
  const rate = (metric: string, matchers: readonly Matcher[]): SimpleQuery => {
    return { kind: "rate", selector: { metric, matchers }, windowSeconds, by };
  };
  const quantile = (q: number): SimpleQuery => {
    return { kind: "quantile", quantile: q, selector: { metric: metrics.buckets, matchers: calls }, windowSeconds, by };
  };
  const parts: Partial<Record<ChartPart, SimpleQuery>> = {
    requests: rate(metrics.requests, calls),
    errors: rate(metrics.requests, [...calls, metrics.failed]),
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    ...(metrics.connections ? { connections: rate(metrics.connections, connections) } : {}),
    ...(metrics.received ? { received: rate(metrics.received, connections) } : {}),
    ...(metrics.sent ? { sent: rate(metrics.sent, connections) } : {}),
  };
  return { kind: "union", parts: parts as Readonly<Record<string, SimpleQuery>> };
}

/** A label that has one of the values. */
export function oneOf(label: string, values: readonly string[]): Matcher {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { label, op: "=", value: only };
  return { label, op: "=~", value: values.map(literal).join("|") };
}

export function is(label: string, value: string): Matcher {
  return { label, op: "=", value };
}
