/** `/api/embeds`: signed links, and what they show. */
import { z } from "zod";
import { EmbedViewSchema, MOST_DAYS, OriginSchema } from "@/lib/embeds/view";
import { PanelDataSchema } from "./boards";
import { PartialSchema } from "./topology";

export const EmbedCreateSchema = z.strictObject({
  view: EmbedViewSchema,
  /** How long the link holds. */
  ttlHours: z
    .number()
    .int()
    .min(1)
    .max(MOST_DAYS * 24),
  /** The one site that may frame it. */
  origin: OriginSchema,
});

export const EmbedCreatedSchema = z.object({
  token: z.string(),
  /** Unix milliseconds. */
  expiresAt: z.number(),
  /** Paths on this dashboard. */
  page: z.string(),
  svg: z.string(),
  png: z.string(),
});

/** A service as its callers see it. Rates are per second, latencies milliseconds; null is unknown. */
export const ServiceCardSchema = z.object({
  service: z.string(),
  /** false: there is no such service now. */
  known: z.boolean(),
  status: z.enum(["healthy", "degraded", "failing", "denied", "idle"]),
  requestsPerSecond: z.number().nullable(),
  errorRatio: z.number().nullable(),
  deniedPerSecond: z.number().nullable(),
  mtlsRatio: z.number().nullable(),
  p99Ms: z.number().nullable(),
  pods: z.object({ ready: z.number(), total: z.number() }).nullable(),
  problems: z.number(),
  /** Requests per second over the last 15 minutes, oldest first. */
  course: z.array(z.number().nullable()).readonly(),
});

export const EmbedDataSchema = z.object({
  view: EmbedViewSchema,
  title: z.string(),
  /** Unix milliseconds: the figures', and the link's end. */
  at: z.number(),
  expiresAt: z.number(),
  chart: PanelDataSchema.nullable(),
  card: ServiceCardSchema.nullable(),
  /** In words, for a graph. */
  summary: z.string().nullable(),
  partial: z.array(PartialSchema),
});

const size = (fallback: number) => z.coerce.number().int().min(120).max(1600).default(fallback);

export const EmbedImageQuerySchema = z.strictObject({
  width: size(640),
  height: size(320),
  theme: z.enum(["light", "dark"]).default("light"),
});

export type EmbedCreate = z.output<typeof EmbedCreateSchema>;
export type EmbedCreated = z.infer<typeof EmbedCreatedSchema>;
export type EmbedData = z.infer<typeof EmbedDataSchema>;
export type EmbedImageQuery = z.output<typeof EmbedImageQuerySchema>;
export type ServiceCard = z.infer<typeof ServiceCardSchema>;
