/** How typed queries and their answers cross the embedded store's HTTP face. */
import { z } from "zod";
import type { Labels, Sample, Series, StoreQuery } from "@/lib/metrics/query";

const MatcherSchema = z.object({
  label: z.string(),
  op: z.enum(["=", "!=", "=~", "!~"]),
  value: z.string().max(20_000),
});
const SelectorSchema = z.object({ metric: z.string(), matchers: z.array(MatcherSchema).max(20) });
const by = z.array(z.string()).max(20);
const windowSeconds = z.number().positive();
const InstantSchema = z.object({
  kind: z.literal("instant"),
  aggregation: z.enum(["sum", "max", "min", "count"]),
  selector: SelectorSchema,
  by,
});
const RateSchema = z.object({ kind: z.enum(["rate", "increase"]), selector: SelectorSchema, windowSeconds, by });
const simple = [InstantSchema, RateSchema] as const;
const UnionSchema = z.object({ kind: z.literal("union"), parts: z.record(z.string(), z.union(simple)) });
const QuerySchema: z.ZodType<StoreQuery> = z.union([...simple, UnionSchema]);

/** As many points as a Prometheus answers. */
const MOST_POINTS = 11_000;

export const InstantRequestSchema = z.object({ query: QuerySchema, at: z.number() });
export const RangeRequestSchema = z.object({
  query: QuerySchema,
  range: z
    .object({ start: z.number(), end: z.number(), stepSeconds: z.number().positive() })
    .refine(({ start, end, stepSeconds }) => end >= start && (end - start) / stepSeconds < MOST_POINTS, {
      error: `must end after it starts and have at most ${MOST_POINTS} points`,
    }),
});

/** Label names once, then rows of their values: a tenth of the size of one object for each sample. */
const TableSchema = z.object({ names: z.array(z.string()) });
const row = z.array(z.string());
const value = z.number().nullable();
const SamplesSchema = TableSchema.extend({ rows: z.array(z.tuple([row, value])) });
const SeriesSchema = TableSchema.extend({ rows: z.array(z.tuple([row, z.array(z.tuple([z.number(), value]))])) });

export function encodeSamples(samples: readonly Sample[]): z.infer<typeof SamplesSchema> {
  const names = labelNames(samples);
  return { names, rows: samples.map((one) => [valuesOf(one.labels, names), one.value]) };
}

export function encodeSeries(series: readonly Series[]): z.infer<typeof SeriesSchema> {
  const names = labelNames(series);
  return { names, rows: series.map((one) => [valuesOf(one.labels, names), one.points.map(([at, of]) => [at, of])]) };
}

/** null: not an answer of this face. */
export function decodeSamples(body: unknown): Sample[] | null {
  const parsed = SamplesSchema.safeParse(body);
  if (!parsed.success) return null;
  const { names, rows } = parsed.data;
  return rows.map(([values, of]) => ({ labels: labelsOf(names, values), value: of }));
}

/** null: not an answer of this face. */
export function decodeSeries(body: unknown): Series[] | null {
  const parsed = SeriesSchema.safeParse(body);
  if (!parsed.success) return null;
  const { names, rows } = parsed.data;
  return rows.map(([values, points]) => ({ labels: labelsOf(names, values), points }));
}

function labelNames(all: readonly { readonly labels: Labels }[]): string[] {
  const names = new Set<string>();
  for (const { labels } of all) for (const name in labels) names.add(name);
  return [...names].sort();
}

function valuesOf(labels: Labels, names: readonly string[]): string[] {
  return names.map((name) => labels[name] ?? "");
}

function labelsOf(names: readonly string[], values: readonly string[]): Labels {
  const labels: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const text = values[index];
    if (text) labels[name] = text;
  }
  return labels;
}
