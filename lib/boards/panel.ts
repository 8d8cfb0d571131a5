/** A panel and a board as they are kept, shared and asked for. */
import { z } from "zod";
import type { ChartUnit } from "@/lib/charts/quantity";
import { ChartSubjectSchema } from "@/lib/contract/charts";
import { CHART_UNITS, type ChartPart } from "@/lib/metrics/chart-queries";
import { DIMENSIONS, MEASURE_IDS, MEASURES } from "./measures";

export const GRID_COLUMNS = 12;
/** What one request answers, and about what a person can look at. */
export const MOST_PANELS = 24;
const MOST_ROWS = 400;
export const MOST_HEIGHT = 12;

const NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";
const FROM = new RegExp(`^${NAME}(/[a-z]{1,40}/${NAME})?$`);
const TO = new RegExp(`^${NAME}(/${NAME})?$`);

/** All that is measured about an edge, a service, a workload or a split, or some of it. */
const subjectSource = z.strictObject({
  of: z.literal("subject"),
  subject: ChartSubjectSchema,
  parts: z
    .array(z.enum(Object.keys(CHART_UNITS) as [ChartPart, ...ChartPart[]]))
    .min(1)
    .max(9),
});

/** Measures over a part of the mesh. */
const measuresSource = z.strictObject({
  of: z.literal("measures"),
  measures: z.array(z.enum(MEASURE_IDS)).min(1).max(10),
  /** Who calls, or whose sidecar: a namespace, or a workload's node id (`namespace/kind/name`). */
  from: z.string().regex(FROM, { error: "must be a namespace or namespace/kind/name" }).optional(),
  /** Who is called: a namespace, or a service key. */
  to: z.string().regex(TO, { error: "must be a namespace or namespace/name" }).optional(),
  /** Measured by the callers' sidecars, or by those of the pods that are called. */
  side: z.enum(["caller", "server"]).optional(),
  by: z.enum(DIMENSIONS).optional(),
});

export type SubjectSource = z.infer<typeof subjectSource>;
export type MeasuresSource = z.infer<typeof measuresSource>;
export type PanelSource = SubjectSource | MeasuresSource;

export const PanelSourceSchema = z
  .discriminatedUnion("of", [subjectSource, measuresSource])
  .refine((source) => panelUnit(source) !== null, { error: "must show things of one unit" });

/** `series`: lines over time; `stat`: the newest figure and its course; `top`: the largest, as a table. */
export const PanelKindSchema = z.enum(["series", "stat", "top"]);

export const PlaceSchema = z
  .strictObject({
    /** Columns and rows from the top left. */
    x: z.number().int().min(0),
    y: z.number().int().min(0).max(MOST_ROWS),
    w: z.number().int().min(2).max(GRID_COLUMNS),
    h: z.number().int().min(2).max(MOST_HEIGHT),
  })
  .refine(({ x, w }) => x + w <= GRID_COLUMNS, { error: `must lie within ${GRID_COLUMNS} columns` });

export const ThresholdSchema = z.strictObject({ value: z.number().finite(), label: z.string().max(40) });

/** The unit of what a panel shows; null when its parts have several and cannot share an axis. */
export function panelUnit(source: PanelSource): ChartUnit | null {
  const units = new Set<ChartUnit>(
    source.of === "subject"
      ? source.parts.map((part) => CHART_UNITS[part])
      : source.measures.map((id) => MEASURES[id].unit),
  );
  const [unit] = units;
  return units.size === 1 && unit !== undefined ? unit : null;
}

export const PanelSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  kind: PanelKindSchema,
  source: PanelSourceSchema,
  place: PlaceSchema,
  /** Thin lines, in the panel's unit. */
  thresholds: z.array(ThresholdSchema).max(4).optional(),
});

export const BoardSchema = z.strictObject({
  title: z.string().trim().min(1).max(80),
  panels: z.array(PanelSchema).max(MOST_PANELS),
});

export type PanelKind = z.infer<typeof PanelKindSchema>;
export type Place = z.infer<typeof PlaceSchema>;
export type Threshold = z.infer<typeof ThresholdSchema>;
export type Panel = z.infer<typeof PanelSchema>;
export type Board = z.infer<typeof BoardSchema>;
