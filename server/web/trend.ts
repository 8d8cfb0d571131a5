/** The mesh as a whole over the last half hour, and how slow each call usually is. One query each, whatever its size. */

import type { Trend } from "@/lib/contract/overview";
import { CHART_UNITS, type ChartPart } from "@/lib/metrics/chart-queries";
import { PART_LABEL } from "@/lib/metrics/names";
import type { MetricsSource, Series, TimeRange, UnionQuery } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { directoryOf } from "@/lib/topology/directory";
import { modelProtocols } from "@/lib/topology/edges";
import type { UsualP99 } from "@/lib/topology/health";
import { usualP99 } from "@/lib/topology/usual";
import type { MeshView } from "./mesh-view";

export type Usual = UsualP99;

export interface TrendSources {
  readonly mesh: () => Promise<MeshView>;
  readonly metrics: MetricsSource;
  readonly telemetry: () => Promise<Telemetry>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const RANGE_SECONDS = 1800;
const STEP_SECONDS = 30;
const RATE_SECONDS = 60;
const HOUR_SECONDS = 3600;
const PARTS: readonly ChartPart[] = ["requests", "errors", "p99", "denied"];

/** Up to `at` (unix milliseconds). Rejects as the store does. */
export async function readTrend(sources: TrendSources, at: number): Promise<Trend> {
  const [telemetry, { objects }] = await Promise.all([sources.telemetry(), sources.mesh()]);
  const directory = directoryOf(objects);
  const whole = telemetry.chartQuery({ kind: "mesh" }, RATE_SECONDS, directory);
  const end = Math.floor(at / 1000 / STEP_SECONDS) * STEP_SECONDS;
  const range: TimeRange = { start: end - RANGE_SECONDS, end, stepSeconds: STEP_SECONDS };
  const rows = await sources.metrics.range(only(whole), range);
  return trendOf(telemetry.relabel("chart", rows, directory), range);
}

/** p99 of the hour before `at` by edge; none where a dialect does not count latency. Rejects as the store does. */
export async function readUsual(sources: TrendSources, at: number): Promise<Usual> {
  const [telemetry, { objects, model }] = await Promise.all([sources.telemetry(), sources.mesh()]);
  const { latency } = telemetry.meshQueries(HOUR_SECONDS);
  if (latency === undefined) return new Map();
  const rows = await sources.metrics.instant(latency, at / 1000);
  return usualP99(telemetry.relabel("latency", rows, directoryOf(objects)), modelProtocols(model));
}

function only({ parts }: UnionQuery): UnionQuery {
  return { kind: "union", parts: Object.fromEntries(Object.entries(parts).filter(([name]) => isWanted(name))) };
}

function isWanted(name: string): boolean {
  return Object.hasOwn(CHART_UNITS, name) && PARTS.includes(name as ChartPart);
}

/** Exported for its test. */
export function trendOf(rows: readonly Series[], { start, end, stepSeconds }: TimeRange): Trend {
  const values = new Map(rows.map(({ labels, points }) => [labels[PART_LABEL], new Map(points)]));
  const times: number[] = [];
  for (let at = start; at <= end; at += stepSeconds) times.push(at);
  const line = (part: ChartPart) => times.map((at) => values.get(part)?.get(at) ?? null);
  const requests = line("requests");
  const errors = line("errors");
  return {
    times: times.map((at) => at * 1000),
    requestsPerSecond: requests,
    // Without a failed call there is no series of failed calls.
    successRatio: requests.map((rate, index) => (rate ? Math.max(0, 1 - (errors[index] ?? 0) / rate) : null)),
    p99Ms: line("p99"),
    deniedPerSecond: line("denied"),
  };
}
