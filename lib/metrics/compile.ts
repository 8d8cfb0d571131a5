/** Typed queries as PromQL. */
import { BUCKET_LABEL, PART_LABEL } from "./names";
import type { Matcher, MetricQuery, Selector, SimpleQuery } from "./query";

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/**
 * PromQL of a query, in the subset that Prometheus, Thanos, Mimir and VictoriaMetrics share. Matcher values are escaped.
 * Throws RangeError for a name or number that has no spelling: that is a bug of the caller, not a value of the mesh.
 */
export function compile(query: MetricQuery): string {
  if (query.kind !== "union") return compileSimple(query);
  return Object.entries(query.parts)
    .map(([part, simple]) => `label_replace(${compileSimple(simple)}, "${PART_LABEL}", "${name(part)}", "", "")`)
    .join(" or ");
}

function compileSimple(query: SimpleQuery): string {
  switch (query.kind) {
    case "instant":
      return `${query.aggregation}${by(query.by)} (${selector(query.selector)})`;
    case "rate":
    case "increase":
      return `sum${by(query.by)} (${query.kind}(${selector(query.selector)}[${seconds(query.windowSeconds)}]))`;
    case "quantile": {
      const rates = `rate(${selector(query.selector)}[${seconds(query.windowSeconds)}])`;
      return `histogram_quantile(${query.quantile}, sum${by([BUCKET_LABEL, ...query.by])} (${rates}))`;
    }
  }
}

function by(labels: readonly string[]): string {
  return labels.length === 0 ? "" : ` by (${labels.map(name).join(", ")})`;
}

function selector({ metric, matchers }: Selector): string {
  return matchers.length === 0 ? name(metric) : `${name(metric)}{${matchers.map(matcher).join(", ")}}`;
}

function matcher({ label, op, value }: Matcher): string {
  return `${name(label)}${op}${quote(value)}`;
}

/** A string literal of PromQL, which escapes as Go does. */
function quote(value: string): string {
  return `"${value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n")}"`;
}

function name(text: string): string {
  if (!NAME.test(text)) throw new RangeError(`not a name of a metric or label: ${text}`);
  return text;
}

function seconds(value: number): string {
  if (!(value > 0) || !Number.isFinite(value)) throw new RangeError(`not a window: ${value}`);
  return `${Math.max(1, Math.round(value * 1000))}ms`;
}
