/** `/api/settings`: where the dashboard's data comes from, each place asked now; and the mesh's own settings. */
import { z } from "zod";
import { KubeObjectSchema, ManagedBySchema } from "./shared";
import { SOURCE_IDS } from "./source-ids";
import { PartialSchema } from "./topology";

export const DataSourceSchema = z.object({
  id: z.enum(SOURCE_IDS),
  /** `absent`: it is not configured. */
  state: z.enum(["ok", "degraded", "down", "absent"]),
  /** What was found, as a sentence. */
  message: z.string(),
  /** What to do; "" when nothing. */
  hint: z.string(),
  /** How long it took to answer; null when it did not. */
  latencyMs: z.number().nullable(),
  /** Unix milliseconds. */
  checkedAt: z.number(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  /** What the reader may do; only of Kubernetes. */
  rights: z.array(z.object({ action: z.string(), allowed: z.boolean(), why: z.string() })),
});

export const DataSourcesSchema = z.object({
  items: z.array(DataSourceSchema),
  partial: z.array(PartialSchema),
});

export const MeshConfigSchema = z.object({
  /** As it is stored; null when there is none yet. */
  object: KubeObjectSchema.nullable(),
  /** Where it belongs. */
  namespace: z.string(),
  name: z.string(),
  managedBy: ManagedBySchema.nullable(),
  partial: z.array(PartialSchema),
});

/** A new object has no resourceVersion. */
export const MeshConfigWriteSchema = z.object({ object: KubeObjectSchema, dryRun: z.boolean().optional() });

export const MeshConfigWrittenSchema = z.object({ object: KubeObjectSchema, dryRun: z.boolean() });

export type DataSource = z.infer<typeof DataSourceSchema>;
export type DataSources = z.infer<typeof DataSourcesSchema>;
export type MeshConfigBody = z.infer<typeof MeshConfigSchema>;
export type MeshConfigWrite = z.infer<typeof MeshConfigWriteSchema>;
export type MeshConfigWritten = z.infer<typeof MeshConfigWrittenSchema>;
