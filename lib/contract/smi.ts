/** `/api/smi/{plural}`: SMI objects, read and written in the version they are stored in. */
import { z } from "zod";
import { KubeObjectSchema, ManagedBySchema } from "./shared";
import { SMI_PLURALS } from "./smi-plurals";
import { PartialSchema, ProblemSchema } from "./topology";

export const SmiPluralSchema = z.enum(SMI_PLURALS);

export const SmiItemSchema = z.object({
  object: KubeObjectSchema,
  apiVersion: z.string(),
  resourceVersion: z.string(),
  problems: z.array(ProblemSchema),
  managedBy: ManagedBySchema.nullable(),
});

export const SmiListSchema = z.object({ items: z.array(SmiItemSchema), partial: z.array(PartialSchema) });

/** POST and PUT. A PUT's object carries the resourceVersion it was edited from. */
export const SmiWriteSchema = z.object({
  object: KubeObjectSchema,
  /** Everything is checked, nothing is stored. Here or as `?dryRun=true`: either is enough. */
  dryRun: z.boolean().optional(),
});

/** The object as it stands now. */
export const SmiWrittenSchema = z.object({ object: KubeObjectSchema, dryRun: z.boolean() });
export const SmiDeletedSchema = z.object({ deleted: z.boolean(), dryRun: z.boolean() });

export type SmiItem = z.infer<typeof SmiItemSchema>;
export type SmiList = z.infer<typeof SmiListSchema>;
export type SmiWrite = z.infer<typeof SmiWriteSchema>;
export type SmiWritten = z.infer<typeof SmiWrittenSchema>;
export type SmiDeleted = z.infer<typeof SmiDeletedSchema>;
