/** `/api/charts`: the lines of one chart over a range of time. */
import { z } from "zod";
import { windowSchema } from "./window";

/** What a chart is about. `service` is a service key, `workload`, `source` and `target` are node ids. */
export const ChartSubjectSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("edge"), source: z.string().min(1), target: z.string().min(1) }),
  z.object({ kind: z.literal("service"), service: z.string().min(1) }),
  z.object({
    kind: z.literal("workload"),
    workload: z.string().min(1),
    direction: z.enum(["in", "out"]).default("in"),
  }),
  z.object({ kind: z.literal("split"), split: z.string().min(1) }),
]);

export const ChartRangeSchema = z.object({
  range: windowSchema(60, 24 * 3600).default("15m"),
  /** Chosen from the range when left out. */
  step: windowSchema(1, 3600).optional(),
  /** End of the range, unix milliseconds; now when left out. */
  at: z.coerce.number().int().positive().optional(),
});

export const ChartSeriesSchema = z.object({
  /** For example `requests`, `errors`, `denied`, `p50`, `p95`, `p99`, `bytes`; for a split `bookstore-v1 requests`. */
  name: z.string(),
  unit: z.enum(["per-second", "ratio", "ms", "bytes-per-second", "connections"]),
  /** The service or backend the line belongs to; null: the chart's subject. */
  subject: z.string().nullable(),
  /** [unix milliseconds, value], on the grid; null is a gap. */
  points: z.array(z.tuple([z.number(), z.number().nullable()])),
});

export const ChartSchema = z.object({
  /** End of the range, unix milliseconds. */
  at: z.number(),
  stepSeconds: z.number(),
  rangeSeconds: z.number(),
  series: z.array(ChartSeriesSchema),
  queries: z.object({ count: z.number(), ms: z.number() }),
});

export type ChartSubject = z.input<typeof ChartSubjectSchema>;
export type ChartSeries = z.infer<typeof ChartSeriesSchema>;
export type Chart = z.infer<typeof ChartSchema>;
