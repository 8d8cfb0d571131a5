/** `/api/charts`: the lines of one chart over a range of time. */
import { z } from "zod";
import { windowSchema } from "./window-schema";

const edge = z.object({ kind: z.literal("edge"), source: z.string().min(1), target: z.string().min(1) });
const service = z.object({ kind: z.literal("service"), service: z.string().min(1) });
const workload = z.object({
  kind: z.literal("workload"),
  workload: z.string().min(1),
  direction: z.enum(["in", "out"]).default("in"),
});
const split = z.object({ kind: z.literal("split"), split: z.string().min(1) });

/** What a chart is about. `service` is a service key, `split` a TrafficSplit's, `workload`, `source` and `target` are node ids. */
export const ChartSubjectSchema = z.discriminatedUnion("kind", [edge, service, workload, split]);

const over = {
  range: windowSchema(60, 24 * 3600).default("15m"),
  /** Chosen from the range when left out. */
  step: windowSchema(1, 3600).optional(),
  /** End of the range, unix milliseconds; now when left out. */
  at: z.coerce.number().int().positive().optional(),
};

export const ChartQuerySchema = z.discriminatedUnion("kind", [
  edge.extend(over).strict(),
  service.extend(over).strict(),
  workload.extend(over).strict(),
  split.extend(over).strict(),
]);

export const ChartSeriesSchema = z.object({
  /** `requests`, `errors`, `denied`, `p50`, `p95`, `p99`, `connections`, `received` or `sent`. */
  name: z.string(),
  unit: z.enum(["per-second", "ms", "bytes-per-second"]),
  /** For a split the backend the line belongs to (service key); null: the chart's subject. */
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

export type ChartQuery = z.output<typeof ChartQuerySchema>;
export type ChartSubject = z.input<typeof ChartSubjectSchema>;
export type ChartSeries = z.infer<typeof ChartSeriesSchema>;
export type Chart = z.infer<typeof ChartSchema>;
