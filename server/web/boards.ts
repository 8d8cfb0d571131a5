/** POST /api/boards/data: every panel of a board, each on its own: one that fails leaves the others as they are. */
import { growsWithMesh, largestQuery } from "@/lib/boards/largest";
import { measuresQuery } from "@/lib/boards/measure-query";
import type { MeasuresSource, PanelKind, PanelSource } from "@/lib/boards/panel";
import { panelSeries, type Row } from "@/lib/boards/series";
import type { BoardData, BoardDataQuery, PanelData } from "@/lib/contract/boards";
import { AppError } from "@/lib/contract/errors";
import type { Partial } from "@/lib/contract/topology";
import type { MetricsSource, TimeRange } from "@/lib/metrics/query";
import type { Telemetry } from "@/lib/metrics/telemetry/telemetry";
import type { SharedAnswers } from "./boards-shared";
import { chartOf, rangeOf, rateWindowSeconds } from "./charts";
import type { MeshView } from "./mesh-view";
import { sourceAway } from "./source-away";

export type PanelFigures = Omit<PanelData, "error">;

export interface BoardSources {
  readonly mesh: () => Promise<MeshView>;
  readonly metrics: MetricsSource;
  readonly telemetry: () => Promise<Telemetry>;
  readonly panels: SharedAnswers<PanelFigures>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

type Asked = BoardDataQuery["panels"][number];

/** Never rejects for a store that is away: that is an error of each panel, with the last good figures beside it. */
export async function boardData(query: BoardDataQuery, sources: BoardSources): Promise<BoardData> {
  const started = sources.now();
  const range = rangeOf(query, started);
  const read = query.panels.map((panel) => readPanel(panel, { query, range, sources }));
  const panels = await Promise.all(read.map(({ data }) => data));
  return {
    at: range.end * 1000,
    stepSeconds: range.stepSeconds,
    rangeSeconds: range.end - range.start,
    panels: panels.map(({ data }) => data),
    queries: { count: read.filter(({ asked }) => asked).length, ms: sources.now() - started },
    partial: partialOf(panels),
  };
}

interface Asking {
  readonly query: Pick<BoardDataQuery, "range" | "at">;
  readonly range: TimeRange;
  readonly sources: BoardSources;
}

interface PanelRead {
  readonly data: PanelData;
  /** The store was to blame. */
  readonly away: AppError | null;
}

function readPanel(panel: Asked, asking: Asking): { readonly asked: boolean; readonly data: Promise<PanelRead> } {
  const { range, sources, query } = asking;
  const key = keyOf(panel, range, query.at);
  const { asked, answer } = sources.panels.get(key, range.end * 1000, () => compute(panel, asking));
  const data = answer.then(
    (figures): PanelRead => ({ data: { ...pick(panel.source, figures), error: null }, away: null }),
    (error: unknown): PanelRead => {
      if (!(error instanceof AppError)) throw error;
      const good = sources.panels.lastGood(key);
      const none = { at: range.end * 1000, stepSeconds: range.stepSeconds, series: [], total: 0 };
      const figures = good ? pick(panel.source, good.value) : none;
      return {
        data: { ...figures, error: { message: error.message, hint: error.hint ?? "" } },
        away: error.code.startsWith("upstream_") ? error : null,
      };
    },
  );
  return { asked, data };
}

/** Panels of one subject share a computation whatever parts of it they show. */
function keyOf({ kind, source }: Asked, range: TimeRange, at: number | undefined): string {
  const what = source.of === "subject" ? source.subject : { ...source, top: kind === "top" };
  return JSON.stringify([sorted(what), range.end - range.start, range.stepSeconds, at ?? null]);
}

function sorted(value: object): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

async function compute(panel: Asked, { query, range, sources }: Asking): Promise<PanelFigures> {
  if (panel.source.of === "measures") return measured(panel.source, panel.kind, { query, range, sources });
  const about = { ...panel.source.subject, range: query.range, at: range.end * 1000 };
  const chart = await chartOf(about as Parameters<typeof chartOf>[0], {
    mesh: await sources.mesh(),
    metrics: sources.metrics,
    telemetry: await sources.telemetry(),
    now: sources.now,
  });
  const series = chart.series.map(({ name, unit, subject, points }) => ({
    label: subject === null ? name : `${subject} ${name}`,
    unit,
    values: points.map(([, value]) => value),
  }));
  return { at: chart.at, stepSeconds: chart.stepSeconds, series, total: series.length };
}

/** Of all that is known of a subject, what the panel shows. */
function pick(source: PanelSource, figures: PanelFigures): PanelFigures {
  if (source.of === "measures") return figures;
  const parts: readonly string[] = source.parts;
  const nameOf = (label: string) => label.slice(label.lastIndexOf(" ") + 1);
  const series = figures.series
    .filter(({ label }) => parts.includes(nameOf(label)))
    .map((each) =>
      parts.length === 1 && each.label.includes(" ") ? { ...each, label: each.label.replace(/ \S+$/, "") } : each,
    )
    .sort((a, b) => parts.indexOf(nameOf(a.label)) - parts.indexOf(nameOf(b.label)));
  return { ...figures, series, total: series.length };
}

async function measured(source: MeasuresSource, kind: PanelKind, { range, sources }: Asking): Promise<PanelFigures> {
  const { metrics } = sources;
  const windowSeconds = rateWindowSeconds(range);
  const query = measuresQuery(source, windowSeconds);
  const figures = { at: range.end * 1000, stepSeconds: range.stepSeconds };
  const newest = async () =>
    (await metrics.instant(query, range.end)).map(({ labels, value }): Row => ({ labels, values: [value] }));
  if (kind === "top") return { ...figures, ...panelSeries(source, await newest(), [range.end]) };
  const about = { atSeconds: range.end, windowSeconds };
  const largest = growsWithMesh(source) ? largestQuery(source, await newest(), about) : null;
  const times = gridOf(range);
  const rows = (await metrics.range(largest?.query ?? query, range)).map(({ labels, points }): Row => {
    const values = new Map(points);
    return { labels, values: times.map((at) => values.get(at) ?? null) };
  });
  const { series, total } = panelSeries(source, rows, times);
  return { ...figures, series, total: largest?.total ?? total };
}

function gridOf(range: TimeRange): readonly number[] {
  const steps = Math.round((range.end - range.start) / range.stepSeconds);
  return Array.from({ length: steps + 1 }, (_, index) => range.start + index * range.stepSeconds);
}

/** The store is told of once, however many panels it left without figures. */
function partialOf(panels: readonly PanelRead[]): Partial[] {
  const away = panels.find((panel) => panel.away)?.away;
  if (!away) return [];
  const good = panels.filter(({ data }) => data.series.length > 0).map(({ data }) => data.at);
  const lastGoodAt = good.length > 0 ? Math.max(...good) : null;
  return [sourceAway("metrics", away, lastGoodAt)];
}
