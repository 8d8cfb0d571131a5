/** A board as a dashboard Grafana takes: the same panels in the same places, on any Prometheus one chooses there. */
import type { ChartUnit } from "@/lib/charts/quantity";
import { DATASOURCE_UID, GRAFANA_SCHEMA_VERSION, type GrafanaDashboard, type GrafanaPanel } from "./grafana-schema";
import { type GrafanaVariable, withVariables } from "./grafana-variables";
import type { Board, Panel } from "./panel";
import { type PanelQuery, type PromqlOptions, panelQueries } from "./promql";
import { MOST_SERIES } from "./series";

export interface GrafanaOptions {
  readonly subjectQuery: PromqlOptions["subjectQuery"];
  /** `15m` */
  readonly range: string;
  readonly about: string;
  readonly variables: readonly GrafanaVariable[];
}

/** A window no panel has: it is written into queries and put right there as Grafana's own. */
const MARK_SECONDS = 123_456.789;
const MARK = /\[123456789ms\]/g;
const SOURCE = { type: "prometheus", uid: DATASOURCE_UID } as const;

export function grafanaDashboard(board: Board, options: GrafanaOptions): GrafanaDashboard {
  const types = [...new Set(board.panels.map(({ kind }) => TYPE[kind]))].sort();
  return {
    __inputs: [
      {
        name: "DS_PROMETHEUS",
        label: "Prometheus",
        type: "datasource",
        pluginId: "prometheus",
        pluginName: "Prometheus",
      },
    ],
    __requires: [
      { type: "grafana", id: "grafana", name: "Grafana", version: "10.4.0" },
      { type: "datasource", id: "prometheus", name: "Prometheus", version: "1.0.0" },
      ...types.map((id) => ({ type: "panel", id, name: NAME[id], version: "" })),
    ],
    id: null,
    uid: null,
    title: board.title,
    description: options.about,
    tags: ["meshdeck", "service-mesh"],
    timezone: "browser",
    editable: true,
    graphTooltip: 1,
    schemaVersion: GRAFANA_SCHEMA_VERSION,
    version: 0,
    refresh: "10s",
    time: { from: `now-${options.range}`, to: "now" },
    timepicker: {},
    templating: { list: options.variables.map((variable) => ({ ...variable, datasource: SOURCE })) },
    annotations: { list: [] },
    links: [],
    panels: board.panels.flatMap((panel, index) => grafanaPanel(panel, index + 1, options)),
  };
}

const TYPE = { series: "timeseries", stat: "stat", top: "bargauge" } as const;
const NAME = { timeseries: "Time series", stat: "Stat", bargauge: "Bar gauge" } as const;

const UNIT: Readonly<Record<ChartUnit, string>> = {
  "per-second": "ops",
  ratio: "percentunit",
  ms: "ms",
  seconds: "s",
  bytes: "bytes",
  "bytes-per-second": "binBps",
  connections: "short",
  count: "short",
  cores: "short",
};

/** None for a panel whose parts this mesh does not count. */
function grafanaPanel(panel: Panel, id: number, options: GrafanaOptions): readonly GrafanaPanel[] {
  const { title, kind, place } = panel;
  const queries = panelQueries(panel.source, { windowSeconds: MARK_SECONDS, subjectQuery: options.subjectQuery });
  if (queries.length === 0) return [];
  const grafana: GrafanaPanel = {
    id,
    type: TYPE[kind],
    title,
    datasource: SOURCE,
    // Grafana has 24 columns and rows of about half our height.
    gridPos: { x: place.x * 2, y: place.y * 2, w: place.w * 2, h: place.h * 2 },
    fieldConfig: { defaults: defaultsOf(panel, queries[0]?.unit ?? "count"), overrides: [] },
    options: optionsOf(kind),
    targets: queries.map((query, index) => targetOf(query, { index, panel, several: queries.length > 1 })),
  };
  return [grafana];
}

function defaultsOf({ kind, thresholds }: Panel, unit: ChartUnit): GrafanaPanel["fieldConfig"]["defaults"] {
  const limits = [...(thresholds ?? [])].sort((a, b) => a.value - b.value);
  // Of what is left of something the low values are the bad ones.
  const [calm, alarm] = unit === "seconds" && limits.length > 0 ? ["red", "green"] : ["green", "red"];
  return {
    unit: UNIT[unit],
    min: 0,
    thresholds: {
      mode: "absolute",
      steps: [{ color: calm, value: null }, ...limits.map(({ value }) => ({ color: alarm, value }))],
    },
    color: { mode: kind === "stat" ? "thresholds" : "palette-classic" },
    ...(kind === "series"
      ? {
          custom: {
            drawStyle: "line",
            lineWidth: 1,
            fillOpacity: 0,
            showPoints: "never",
            spanNulls: false,
            thresholdsStyle: { mode: limits.length > 0 ? "line" : "off" },
          },
        }
      : {}),
  };
}

const NEWEST = { calcs: ["lastNotNull"], fields: "", values: false };
const LEGEND = { displayMode: "list" as const, placement: "bottom" as const, calcs: [] };

/** All that Grafana's own types ask for, so that nothing depends on what a version of it takes for granted. */
function optionsOf(kind: Panel["kind"]): GrafanaPanel["options"] {
  switch (kind) {
    case "series":
      return { legend: { ...LEGEND, showLegend: true }, tooltip: { mode: "multi", sort: "desc" } };
    case "stat":
      return {
        reduceOptions: NEWEST,
        graphMode: "area",
        colorMode: "value",
        justifyMode: "auto",
        textMode: "value",
        orientation: "auto",
        wideLayout: true,
        showPercentChange: false,
        percentChangeColorMode: "standard",
      };
    case "top":
      return {
        reduceOptions: NEWEST,
        displayMode: "basic",
        orientation: "horizontal",
        valueMode: "text",
        namePlacement: "auto",
        sizing: "auto",
        showUnfilled: false,
        legend: { ...LEGEND, showLegend: false },
        minVizWidth: 8,
        minVizHeight: 16,
        maxVizHeight: 300,
      };
  }
}

interface Aiming {
  readonly index: number;
  readonly panel: Panel;
  readonly several: boolean;
}

function targetOf(query: PanelQuery, { index, panel, several }: Aiming): GrafanaPanel["targets"][number] {
  const newest = panel.kind === "top";
  const promql = withVariables(query.promql.replace(MARK, "[$__rate_interval]"));
  const by = query.by.map((label) => `{{${label}}}`).join("/");
  return {
    refId: String.fromCharCode(65 + index),
    datasource: SOURCE,
    expr: newest ? `topk(${MOST_SERIES}, ${promql})` : promql,
    legendFormat: by === "" ? query.name : several ? `${by} ${query.name}` : by,
    editorMode: "code",
    range: !newest,
    instant: newest,
  };
}
