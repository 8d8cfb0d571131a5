/** The measures of a panel as typed queries. */
import {
  CLUSTER_LABEL,
  DENIED_SIDE,
  DESTINATION_NAMESPACE,
  DESTINATION_SERVICE,
  ENVOY_RESPONSE_CODE_CLASS,
  SOURCE_LABELS,
  SOURCE_NAMESPACE,
  SOURCE_POD,
  SOURCE_WORKLOAD_KIND,
  SOURCE_WORKLOAD_NAME,
} from "@/lib/metrics/names";
import { CALLER_CLUSTERS, clusterPattern, LOCAL_CLUSTERS, literal } from "@/lib/metrics/pattern";
import type { Matcher, SimpleQuery, UnionQuery } from "@/lib/metrics/query";
import { type Dimension, type Family, MEASURES, type MeasureId, type PlainId, plainMeasure } from "./measures";
import type { MeasuresSource } from "./panel";

/** The plain measures behind some measures, each once: a ratio needs two. */
export function plainIds(measures: readonly MeasureId[]): readonly PlainId[] {
  const ids = measures.flatMap((id) => {
    const measure = MEASURES[id];
    return measure.how === "ratio" ? [measure.of, measure.over] : [id as PlainId];
  });
  return [...new Set(ids)];
}

/** One query for all measures of a panel; the parts are named as the plain measures. `windowSeconds`: what rates are taken over. */
export function measuresQuery(source: MeasuresSource, windowSeconds: number): UnionQuery {
  const parts = plainIds(source.measures).map((id) => [id, plainQuery(id, source, windowSeconds)] as const);
  return { kind: "union", parts: Object.fromEntries(parts) };
}

export function plainQuery(id: PlainId, source: MeasuresSource, windowSeconds: number): SimpleQuery {
  const { how, metric, family, matchers = [], quantile = 0 } = plainMeasure(id);
  const by = source.by === undefined ? [] : dimensionLabels(source.by, family);
  const selector = { metric, matchers: [...scopeMatchers(source, family), ...matchers] };
  switch (how) {
    case "rate":
      return { kind: "rate", selector, windowSeconds, by };
    case "quantile":
      return { kind: "quantile", quantile, selector, windowSeconds, by };
    default:
      return { kind: "instant", aggregation: how, selector, by };
  }
}

/** The labels that make up a dimension. A measure without them has one line. */
export function dimensionLabels(by: Dimension, family: Family): readonly string[] {
  switch (by) {
    case "service":
      return family === "denied" ? [DESTINATION_NAMESPACE, DESTINATION_SERVICE] : [CLUSTER_LABEL];
    case "workload":
      return SOURCE_LABELS;
    case "namespace":
      return [SOURCE_NAMESPACE];
    case "pod":
      return [SOURCE_NAMESPACE, SOURCE_POD];
    case "class":
      return [ENVOY_RESPONSE_CODE_CLASS];
    case "side":
      return [DENIED_SIDE];
    default:
      return [by];
  }
}

function scopeMatchers(source: MeasuresSource, family: Family): readonly Matcher[] {
  if (family === "controller") return [];
  const from = source.from === undefined ? [] : fromMatchers(source.from);
  if (family === "sidecars") return from;
  if (family === "denied") return [...from, ...(source.to === undefined ? [] : toMatchers(source.to))];
  return [...from, { label: CLUSTER_LABEL, op: "=~", value: clusters(source) }];
}

function fromMatchers(from: string): readonly Matcher[] {
  const values = from.split("/");
  const labels = [SOURCE_NAMESPACE, SOURCE_WORKLOAD_KIND, SOURCE_WORKLOAD_NAME];
  return values.map((value, index) => ({ label: labels[index] ?? SOURCE_NAMESPACE, op: "=", value }));
}

function toMatchers(to: string): readonly Matcher[] {
  const [namespace = "", name] = to.split("/");
  const inNamespace: Matcher = { label: DESTINATION_NAMESPACE, op: "=", value: namespace };
  return name === undefined ? [inNamespace] : [inNamespace, { label: DESTINATION_SERVICE, op: "=", value: name }];
}

function clusters({ to, side }: MeasuresSource): string {
  const local = side === "server" ? "\\|local" : "";
  if (to === undefined) return local === "" ? CALLER_CLUSTERS : LOCAL_CLUSTERS;
  return to.includes("/") ? clusterPattern(to) + local : `${literal(to)}/[^/|]+\\|[0-9]+${local}`;
}
