/** POST /api/what-if: what a change would do to the calls of the last minute, before it is made. */
import { z } from "zod";
import { KubeObjectSchema, ObjectRefSchema } from "./shared";
import { ProblemSchema } from "./topology";

/** Objects to lay over the live ones, or to take away, all at once. */
export const WhatIfSchema = z
  .object({
    put: z.array(KubeObjectSchema).max(50).default([]),
    remove: z.array(ObjectRefSchema).max(50).default([]),
  })
  .refine((change) => change.put.length + change.remove.length > 0, { error: "names nothing to put or remove" });

export const AccessChangeSchema = z.object({
  /** Identity key. */
  source: z.string(),
  /** Service key. */
  destination: z.string(),
  /** Calls seen over the last minute; null for a pair that was not seen to call. */
  requestsPerSecond: z.number().nullable(),
  /** When calls of one kind only are meant. */
  method: z.string().nullable(),
  path: z.string().nullable(),
  /** Why it would be refused, or by which policies it would be let in. */
  because: z.string(),
});

export const WhatIfResultSchema = z.object({
  /** Calls that pass now and would be refused, busiest first. */
  nowDenied: z.array(AccessChangeSchema),
  /** Calls that would be let in and are not now: those that were tried first, busiest first. */
  nowAllowed: z.array(AccessChangeSchema),
  problems: z.object({ added: z.array(ProblemSchema), removed: z.array(ProblemSchema) }),
  /** False when the metrics are away: nobody knows which calls were made. */
  observed: z.boolean(),
});

export type AccessChange = z.infer<typeof AccessChangeSchema>;
export type WhatIfChange = z.input<typeof WhatIfSchema>;
export type WhatIfResult = z.infer<typeof WhatIfResultSchema>;
