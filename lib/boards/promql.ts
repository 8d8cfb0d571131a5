/** The queries behind a panel as PromQL: to be read, and to be used in Grafana. */
import type { ChartUnit } from "@/lib/charts/quantity";
import { CHART_UNITS, type ChartPart } from "@/lib/metrics/chart-queries";
import { compile } from "@/lib/metrics/compile";
import type { UnionQuery } from "@/lib/metrics/query";
import { plainQuery } from "./measure-query";
import { MEASURES, type MeasureId, type PlainId, plainMeasure } from "./measures";
import type { MeasuresSource, PanelSource, SubjectSource } from "./panel";

export interface PanelQuery {
  /** What the line is called. */
  readonly name: string;
  readonly unit: ChartUnit;
  readonly promql: string;
  /** Labels its lines are told apart by. */
  readonly by: readonly string[];
}

export interface PromqlOptions {
  /** What rates are taken over. */
  readonly windowSeconds: number;
  /** The query of a subject's charts; it depends on how the mesh counts its calls. */
  readonly subjectQuery: (subject: SubjectSource["subject"], windowSeconds: number) => UnionQuery;
}

/** One query for each part or measure, in their order. Throws what `subjectQuery` throws. */
export function panelQueries(source: PanelSource, options: PromqlOptions): readonly PanelQuery[] {
  if (source.of === "measures") return source.measures.map((id) => measureQuery(id, source, options.windowSeconds));
  const { parts } = options.subjectQuery(source.subject, options.windowSeconds);
  return source.parts.flatMap((part) => partQuery(part, parts[part]));
}

function partQuery(part: ChartPart, query: UnionQuery["parts"][string] | undefined): readonly PanelQuery[] {
  return query === undefined ? [] : [{ name: part, unit: CHART_UNITS[part], promql: compile(query), by: query.by }];
}

function measureQuery(id: MeasureId, source: MeasuresSource, windowSeconds: number): PanelQuery {
  const measure = MEASURES[id];
  const text = (plain: PlainId) => compile(plainQuery(plain, source, windowSeconds));
  const first: PlainId = measure.how === "ratio" ? measure.over : (id as PlainId);
  return {
    name: measure.label,
    unit: measure.unit,
    by: plainQuery(first, source, windowSeconds).by,
    promql: measure.how === "ratio" ? ratio(text(measure.of), text(measure.over)) : whole(first, text(first)),
  };
}

/** Nothing counted is none of what there was; where nothing was called there is no share. */
function ratio(of: string, over: string): string {
  return `(${of} or ${over} * 0) / (${over} > 0)`;
}

function whole(id: PlainId, text: string): string {
  return plainMeasure(id).until ? `${text} - time()` : text;
}
