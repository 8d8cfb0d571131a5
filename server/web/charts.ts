/** GET /api/charts: one typed range query per chart. */
import type { Chart, ChartQuery, ChartSeries, ChartSubject as ContractSubject } from "@/lib/contract/charts";
import { AppError } from "@/lib/contract/errors";
import { windowSeconds } from "@/lib/contract/window";
import { key, type ObjectRef } from "@/lib/kube/refs";
import { CHART_UNITS, type ChartPart, type ChartSubject } from "@/lib/metrics/chart-queries";
import { CLUSTER_LABEL, PART_LABEL, parseClusterName } from "@/lib/metrics/names";
import type { MetricsSource, Series, TimeRange } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import { readSmi } from "@/lib/smi/read";
import { directoryOf } from "@/lib/topology/directory";
import type { MeshView } from "./mesh-view";

/** About so many points: one for every few pixels of a chart. */
const POINTS = 120;
const LEAST_STEP_SECONDS = 5;
/** A range query answers with at most so many steps. */
const MOST_POINTS = 2_000;
/** Rates need some scrapes to be rates of anything. */
const LEAST_RATE_SECONDS = 30;

export interface ChartSources {
  readonly mesh: MeshView;
  readonly metrics: MetricsSource;
  readonly telemetry: Telemetry;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Throws `not_found` for a split or node nobody knows, and what the metrics throw. */
export async function chartOf(query: ChartQuery, sources: ChartSources, signal?: AbortSignal): Promise<Chart> {
  const subject = subjectOf(query, sources.mesh);
  const range = rangeOf(query, sources.now());
  const started = sources.now();
  const { telemetry, metrics, mesh } = sources;
  const directory = directoryOf(mesh.objects);
  const asked = telemetry.chartQuery(subject, rateWindowSeconds(range), directory);
  const answer = await metrics.range(asked, range, signal);
  const found = telemetry.relabel("chart", answer, directory);
  return {
    at: range.end * 1000,
    stepSeconds: range.stepSeconds,
    rangeSeconds: range.end - range.start,
    series: found.flatMap((series) => seriesOf(series, range)).sort(compareSeries),
    queries: { count: 1, ms: sources.now() - started },
  };
}

/** Ends on a multiple of the step, so that the grid does not wander from refresh to refresh. */
export function rangeOf(query: Pick<ChartQuery, "range" | "step" | "at">, now: number): TimeRange {
  const rangeSeconds = windowSeconds(query.range) ?? 900;
  const chosen = query.step === undefined ? Math.max(LEAST_STEP_SECONDS, Math.ceil(rangeSeconds / POINTS)) : null;
  const stepSeconds = chosen ?? windowSeconds(query.step ?? "") ?? LEAST_STEP_SECONDS;
  if (rangeSeconds / stepSeconds > MOST_POINTS) {
    throw new AppError("invalid_request", `A range of ${query.range} has too many steps of ${query.step}.`, {
      hint: `Ask for at most ${MOST_POINTS} steps, or leave the step out.`,
    });
  }
  const end = Math.floor((query.at ?? now) / 1000 / stepSeconds) * stepSeconds;
  // Whole steps: the last of them is the end itself, and not up to a step before it.
  return { start: end - Math.floor(rangeSeconds / stepSeconds) * stepSeconds, end, stepSeconds };
}

/** What rates are taken over at each step of a range. */
export function rateWindowSeconds({ stepSeconds }: TimeRange): number {
  return Math.max(LEAST_RATE_SECONDS, 2 * stepSeconds);
}

/** Throws `not_found` for a split nobody knows, `invalid_request` for what is no node or service. */
export function subjectOf(query: ContractSubject, mesh: MeshView): ChartSubject {
  switch (query.kind) {
    case "edge":
      return { kind: "edge", source: refOf(query.source, "source"), service: serviceOf(query.target) };
    case "service":
      return { kind: "service", service: serviceOf(query.service) };
    case "workload":
      return { kind: "workload", workload: refOf(query.workload, "workload"), direction: query.direction ?? "in" };
    case "split":
      return { kind: "split", backends: backendsOf(query.split, mesh) };
  }
}

function refOf(node: string, parameter: string): ObjectRef {
  const [namespace, kind, name, more] = node.split("/");
  if (!namespace || !kind || !name || more !== undefined) {
    throw new AppError("invalid_request", `The query parameter "${parameter}" is "${node}": it must be a node id.`, {
      hint: "Node ids are namespace/kind/name, for example bookbuyer/deployment/bookbuyer.",
    });
  }
  return { namespace, kind: kind.toLowerCase(), name };
}

/** From a service key, or the node id of a service. */
function serviceOf(text: string): string {
  const parts = text.split("/");
  const [namespace, kind, name] = parts.length === 2 ? [parts[0], "service", parts[1]] : parts;
  if (!namespace || !name || kind !== "service" || parts.length > 3) {
    throw new AppError("invalid_request", `"${text}" names no service.`, {
      hint: "Write namespace/name, or the node id namespace/service/name.",
    });
  }
  return `${namespace}/${name}`;
}

function backendsOf(split: string, { objects }: MeshView): readonly string[] {
  const object = objects.trafficSplits.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === split);
  const reading = object === undefined ? null : readSmi(object);
  if (!reading?.ok || reading.value.kind !== "TrafficSplit" || reading.value.backends.length === 0) {
    throw new AppError("not_found", `There is no TrafficSplit ${split} with backends.`, {
      hint: "Look at the list of TrafficSplits for the names there are.",
    });
  }
  const { namespace, backends } = reading.value;
  return backends.map(({ service }) => key({ namespace, name: service }));
}

function seriesOf(series: Series, range: TimeRange): ChartSeries[] {
  const name = series.labels[PART_LABEL];
  if (name === undefined || !isPart(name)) return [];
  const cluster = parseClusterName(series.labels[CLUSTER_LABEL] ?? "");
  const values = new Map(series.points);
  const points: [number, number | null][] = [];
  for (let at = range.start; at <= range.end; at += range.stepSeconds) points.push([at * 1000, values.get(at) ?? null]);
  return [{ name, unit: CHART_UNITS[name], subject: cluster && key(cluster), points }];
}

function isPart(name: string): name is ChartPart {
  return Object.hasOwn(CHART_UNITS, name);
}

function compareSeries(a: ChartSeries, b: ChartSeries): number {
  const left = `${a.subject ?? ""} ${a.name}`;
  const right = `${b.subject ?? ""} ${b.name}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
