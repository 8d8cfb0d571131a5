/** `/api/boards`: the figures of all panels of a board in one answer. */
import { z } from "zod";
import { BoardSchema, MOST_PANELS, PanelKindSchema, PanelSourceSchema } from "@/lib/boards/panel";
import { CHART_UNIT_NAMES } from "@/lib/charts/quantity";
import { KEY } from "./route";
import { PartialSchema } from "./topology";
import { windowSchema } from "./window-schema";

export const BoardRangeSchema = windowSchema(60, 24 * 3600).default("15m");

export const BoardDataQuerySchema = z.strictObject({
  range: BoardRangeSchema,
  /** End of the range, unix milliseconds; now when left out. */
  at: z.number().int().positive().max(8.64e15).optional(),
  panels: z
    .array(z.strictObject({ kind: PanelKindSchema, source: PanelSourceSchema }))
    .min(1)
    .max(MOST_PANELS),
});

export const PanelDataSchema = z.object({
  /** Unix milliseconds of the last value, and the seconds between values. */
  at: z.number(),
  stepSeconds: z.number(),
  series: z
    .array(
      z.object({
        label: z.string(),
        unit: z.enum(CHART_UNIT_NAMES),
        /** Oldest first, one per step; null is a gap. One value for a top list. */
        values: z.array(z.number().nullable()).readonly(),
      }),
    )
    .readonly(),
  /** How many lines there are; `series` has the largest of them. */
  total: z.number(),
  /** Why nothing newer is known. `series` are then the last good figures, or none. */
  error: z.object({ message: z.string(), hint: z.string() }).nullable(),
});

export const BoardDataSchema = z.object({
  at: z.number(),
  stepSeconds: z.number(),
  rangeSeconds: z.number(),
  /** In the order they were asked for. */
  panels: z.array(PanelDataSchema),
  /** What this answer cost; panels that others look at too cost nothing again. */
  queries: z.object({ count: z.number(), ms: z.number() }),
  partial: z.array(PartialSchema),
});

export const PanelQueriesQuerySchema = z.strictObject({ range: BoardRangeSchema, source: PanelSourceSchema });
export const PanelQueriesSchema = z.object({
  queries: z.array(z.object({ name: z.string(), unit: z.enum(CHART_UNIT_NAMES), promql: z.string() })),
});

/** A board of one's own, or a built-in one with what was chosen for its variables. */
export const GrafanaExportSchema = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("own"), range: BoardRangeSchema, board: BoardSchema }),
  z.strictObject({
    of: z.literal("built-in"),
    range: BoardRangeSchema,
    id: z.string().max(60),
    namespace: z.string().max(253).nullable(),
    service: KEY.nullable(),
    workload: z.string().max(600).nullable(),
    split: KEY.nullable(),
  }),
]);

export type GrafanaExport = z.output<typeof GrafanaExportSchema>;
export type PanelQueries = z.infer<typeof PanelQueriesSchema>;
export type PanelQueriesQuery = z.output<typeof PanelQueriesQuerySchema>;
export type BoardDataQuery = z.output<typeof BoardDataQuerySchema>;
export type PanelData = z.infer<typeof PanelDataSchema>;
export type BoardData = z.infer<typeof BoardDataSchema>;
