/**
 * What Grafana's dashboard kind asks of a dashboard in its classic form (schemaVersion 39), for what is written here. Loose
 * where the kind is open, strict where a wrong value would be dropped or refused.
 */
import { z } from "zod";

export const GRAFANA_SCHEMA_VERSION = 39;

/** Grafana asks which data source it is when the dashboard is imported. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
export const DATASOURCE_UID = "${DS_PROMETHEUS}";
const DatasourceRefSchema = z.object({ type: z.literal("prometheus"), uid: z.literal(DATASOURCE_UID) });

const GridPosSchema = z
  .object({
    x: z.number().int().min(0).max(23),
    y: z.number().int().min(0),
    w: z.number().int().min(1).max(24),
    h: z.number().int().min(1),
  })
  .refine(({ x, w }) => x + w <= 24, { error: "must lie within 24 columns" });

const TargetSchema = z.object({
  refId: z.string().regex(/^[A-Z]$/),
  datasource: DatasourceRefSchema,
  expr: z.string().min(1),
  legendFormat: z.string(),
  editorMode: z.literal("code"),
  range: z.boolean(),
  instant: z.boolean(),
});

const LegendSchema = z.strictObject({
  displayMode: z.literal("list"),
  placement: z.literal("bottom"),
  calcs: z.array(z.string()),
  showLegend: z.boolean(),
});
const ReduceSchema = z.strictObject({ calcs: z.array(z.string()), fields: z.string(), values: z.boolean() });

/** Every field Grafana's types have for a time series, a stat and a bar gauge: none is left to defaults that versions change. */
const OptionsSchema = z.union([
  z.strictObject({
    legend: LegendSchema,
    tooltip: z.strictObject({ mode: z.literal("multi"), sort: z.literal("desc") }),
  }),
  z.strictObject({
    reduceOptions: ReduceSchema,
    graphMode: z.literal("area"),
    colorMode: z.literal("value"),
    justifyMode: z.literal("auto"),
    textMode: z.literal("value"),
    orientation: z.literal("auto"),
    wideLayout: z.boolean(),
    showPercentChange: z.boolean(),
    percentChangeColorMode: z.literal("standard"),
  }),
  z.strictObject({
    reduceOptions: ReduceSchema,
    displayMode: z.literal("basic"),
    orientation: z.literal("horizontal"),
    valueMode: z.literal("text"),
    namePlacement: z.literal("auto"),
    sizing: z.literal("auto"),
    showUnfilled: z.boolean(),
    legend: LegendSchema,
    minVizWidth: z.number().int(),
    minVizHeight: z.number().int(),
    maxVizHeight: z.number().int(),
  }),
]);

const PanelSchema = z.object({
  id: z.number().int().positive(),
  type: z.enum(["timeseries", "stat", "bargauge"]),
  title: z.string(),
  datasource: DatasourceRefSchema,
  gridPos: GridPosSchema,
  fieldConfig: z.object({
    defaults: z.looseObject({
      unit: z.string(),
      thresholds: z.object({
        mode: z.literal("absolute"),
        /** The first holds from minus infinity: null. */
        steps: z.array(z.object({ color: z.string(), value: z.number().nullable() })).min(1),
      }),
    }),
    overrides: z.array(z.unknown()),
  }),
  options: OptionsSchema,
  targets: z.array(TargetSchema).min(1),
});

const VariableSchema = z.looseObject({
  name: z.string().regex(/^\w+$/),
  type: z.enum(["query", "datasource"]),
  label: z.string(),
  hide: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});

export const GrafanaDashboardSchema = z.object({
  __inputs: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.literal("datasource"),
      pluginId: z.string(),
      pluginName: z.string(),
    }),
  ),
  __requires: z.array(z.object({ type: z.string(), id: z.string(), name: z.string(), version: z.string() })),
  id: z.null(),
  uid: z.null(),
  title: z.string().min(1),
  description: z.string(),
  tags: z.array(z.string()),
  timezone: z.literal("browser"),
  editable: z.literal(true),
  /** 1: one crosshair over all panels. */
  graphTooltip: z.literal(1),
  schemaVersion: z.literal(GRAFANA_SCHEMA_VERSION),
  version: z.number().int().min(0),
  refresh: z.string(),
  time: z.object({ from: z.string(), to: z.string() }),
  timepicker: z.object({}),
  templating: z.object({ list: z.array(VariableSchema) }),
  annotations: z.object({ list: z.array(z.unknown()) }),
  links: z.array(z.unknown()),
  panels: z.array(PanelSchema),
});

export type GrafanaDashboard = z.infer<typeof GrafanaDashboardSchema>;
export type GrafanaPanel = GrafanaDashboard["panels"][number];
